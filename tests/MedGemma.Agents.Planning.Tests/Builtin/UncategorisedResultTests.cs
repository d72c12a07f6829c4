using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>Observation.category is 0..*: results without it, or with one that says nothing, beside results of the same test that have it.</summary>
public sealed class UncategorisedResultTests
{
    private const string A1c = """{"coding":[{"system":"http://loinc.org","code":"4548-4","display":"Hemoglobin A1c"}]}""";
    private const string Potassium = """{"coding":[{"system":"http://loinc.org","code":"2823-3","display":"Potassium"}]}""";
    private const string Weight = """{"coding":[{"system":"http://loinc.org","code":"29463-7","display":"Body weight"}]}""";
    private const string Creatinine = """{"coding":[{"system":"http://loinc.org","code":"2160-0","display":"Creatinine"}]}""";
    private const string LocalCreatinine = """{"coding":[{"system":"urn:local","code":"CR7","display":"Creatinine, point of care (device 7)"}]}""";

    private static readonly PatientRecord s_record = HandWrittenRecord.Build(
    [
        $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}","gender":"female","birthDate":"1950-05-06"}""",
        Result("a1", "laboratory", A1c, "2025-01-10", 6.6m, "%"), Result("a2", null, A1c, "2025-09-10", 12.4m, "%"),
        Result("k1", "laboratory", Potassium, "2025-01-10", 4.2m, "mmol/L"), Result("k2", "exam", Potassium, "2025-09-10", 7.1m, "mmol/L"),
        Result("w1", "vital-signs", Weight, "2025-01-10", 70.0m, "kg"), Result("w2", null, Weight, "2025-09-10", 61.2m, "kg"),
        Result("c1", "laboratory", Creatinine, "2024-01-10", 0.9m, "mg/dL"), Result("c2", "therapy", LocalCreatinine, "2025-12-10", 6.5m, "mg/dL"),
    ]);

    [Theory]
    [InlineData("Was the HbA1c ever above 10?", "True")]
    [InlineData("What is the latest HbA1c?", "12.4")]
    [InlineData("How many HbA1c results are there?", "2")]
    [InlineData("What is the highest potassium?", "7.1")]
    [InlineData("Was the potassium ever above 6?", "True")]
    [InlineData("What is the latest weight?", "61.2")]
    [InlineData("How much has the weight changed between the last two?", "-8.8")]
    [InlineData("What is the latest creatinine?", "6.5")]
    public async Task They_are_found_beside_those_that_have_one(string question, string expected)
    {
        var answer = await Answering.AskAsync(s_record, question);

        Assert.Equal(AnswerStatus.Answered, answer.Status);
        Assert.Equal(expected, Assert.Single(answer.Values).ToString());
    }

    [Fact]
    public async Task A_habit_without_a_category_is_found_too()
    {
        const string Smoking = """{"coding":[{"system":"http://loinc.org","code":"72166-2","display":"Tobacco smoking status"}]}""";
        var record = HandWrittenRecord.Build(
        [
            $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}"}""",
            Habit("s1", """ "category":[{"coding":[{"code":"social-history"}]}], """, Smoking, "2024-01-10", "Former smoker"),
            Habit("s2", "", """{"coding":[{"system":"urn:local","code":"TOB2","display":"Tobacco smoking status (nursing)"}]}""", "2025-09-10", "Current smoker"),
        ]);

        var answer = await Answering.AskAsync(record, "What is the smoking status?");

        Assert.Contains(EvidenceOf.Answer(answer), evidence => evidence.Resource.Id == "s2");
    }

    [Fact]
    public async Task They_go_into_formulas()
    {
        var answer = await Answering.AskAsync(s_record, "What is her eGFR?");

        Assert.Equal(AnswerStatus.Answered, answer.Status);
        Assert.Contains(answer.Queries.SelectMany(result => result.Values).SelectMany(value => value.Evidence), evidence => evidence.Resource.ToString() == "Observation/c2");
    }

    [Fact]
    public async Task What_is_not_named_is_of_no_kind_that_nothing_says()
    {
        var answer = await Answering.AskAsync(s_record, "List all lab results.");

        Assert.Equal(AnswerStatus.Answered, answer.Status);
        Assert.DoesNotContain(EvidenceOf.Answer(answer), evidence => evidence.Resource.Id is "w1" or "w2" or "c2");
        Assert.Contains(EvidenceOf.Answer(answer), evidence => evidence.Resource.Id == "a2");
    }

    private static string Result(string id, string? category, string code, string time, decimal value, string unit) =>
        FormattableString.Invariant($$"""{"resourceType":"Observation","id":"{{id}}","status":"final",{{(category is null ? "" : $$"""  "category":[{"coding":[{"code":"{{category}}"}]}],""")}}"code":{{code}},{{HandWrittenRecord.Subject}},"effectiveDateTime":"{{time}}","valueQuantity":{"value":{{value}},"unit":"{{unit}}","system":"http://unitsofmeasure.org","code":"{{unit}}"} }""");

    private static string Habit(string id, string category, string code, string time, string value) =>
        $$"""{"resourceType":"Observation","id":"{{id}}","status":"final",{{category}}"code":{{code}},{{HandWrittenRecord.Subject}},"effectiveDateTime":"{{time}}","valueCodeableConcept":{"text":"{{value}}"} }""";
}
