using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>"The discharge on 15 June 2012" is that of a stay that took place.</summary>
public sealed class DatedDischargeTests
{
    private const string Question = "Highest heart rate after the discharge on 15 June 2012?";

    [Fact]
    public async Task A_stay_entered_in_error_bounds_no_time() =>
        Assert.Equal(AnswerStatus.Unsure, (await AskAsync(Stay("wrong", "entered-in-error"))).Status);

    [Fact]
    public async Task A_stay_that_was_cancelled_bounds_no_time() =>
        Assert.Equal(AnswerStatus.Unsure, (await AskAsync(Stay("never", "cancelled"))).Status);

    [Theory]
    [InlineData("entered-in-error")]
    [InlineData("cancelled")]
    public async Task A_stay_that_does_not_count_leaves_the_true_one_alone(string status)
    {
        var answer = await AskAsync(Stay("true", "finished"), Stay("other", status));

        Assert.True(answer.Status == AnswerStatus.Answered, answer.Text);
        Assert.Equal("120", Assert.Single(answer.Values).ToString());
    }

    private static async Task<Answer> AskAsync(params string[] stays) =>
        await Answering.AskAsync(HandWrittenRecord.Build(
        [
            $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}","gender":"female","birthDate":"1950-05-06"}""",
            HeartRate("before", 130, "2012-06-15T11:00:00Z"),
            HeartRate("after", 120, "2014-06-15T11:00:00Z"),
            .. stays,
        ]), Question);

    private static string HeartRate(string id, int value, string time) =>
        $$"""{"resourceType":"Observation","id":"{{id}}","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"8867-4","display":"Heart rate"}]},{{HandWrittenRecord.Subject}},"effectiveDateTime":"{{time}}","valueQuantity":{"value":{{value}},"unit":"/min","system":"http://unitsofmeasure.org","code":"/min"} }""";

    private static string Stay(string id, string status) =>
        $$"""{"resourceType":"Encounter","id":"{{id}}","status":"{{status}}","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"EMER"},{{HandWrittenRecord.Subject}},"period":{"start":"2012-06-15T10:00:00Z","end":"2012-06-15T12:00:00Z"} }""";
}
