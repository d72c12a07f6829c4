using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Builtin;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Tests.Loop;

/// <summary>A model that writes about types that were not completely supplied.</summary>
public sealed class IncompleteRecordTurnTests
{
    private static readonly PatientRecord s_part = HandWrittenRecord.BuildPart(
        [.. new[] { "2025-01-10", "2025-11-10" }.Select((day, place) =>
            $$"""{"resourceType":"Observation","id":"c{{place}}","status":"final","category":[{"coding":[{"code":"laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"2160-0","display":"Creatinine"}]},{{HandWrittenRecord.Subject}},"effectiveDateTime":"{{day}}","valueQuantity":{"value":1.{{place}},"unit":"mg/dL","system":"http://unitsofmeasure.org","code":"mg/dL"} }"""),
         $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}"}"""]);

    [Fact]
    public async Task A_models_superlative_over_an_incomplete_type_is_refused_and_its_answer_unsure()
    {
        var plain = Scripts.Claim("The latest creatinine is 1.1 mg/dL.", "r1.1");
        var model = ScriptedModel.Saying([Scripts.LatestCreatinine, Scripts.Done], [plain, plain]);

        var answer = await AskAsync(model);

        Assert.Equal("withheld", answer.Reason?.Code);
        Assert.Empty(answer.Values);
        Assert.Equal(Verdict.Refused, Assert.Single(answer.Dropped).Verdict);
    }

    [Fact]
    public async Task A_model_that_says_so_when_told_is_shown_and_still_unsure()
    {
        var model = ScriptedModel.Saying(
            [Scripts.LatestCreatinine, Scripts.Done],
            [Scripts.Claim("The latest creatinine is 1.1 mg/dL.", "r1.1"), Scripts.Claim("The latest supplied creatinine is 1.1 mg/dL.", "r1.1")]);

        var answer = await AskAsync(model);

        Assert.Equal(AnswerStatus.Unsure, answer.Status);
        Assert.IsType<UnsureReason.IncompleteRecord>(answer.Reason);
        Assert.Empty(answer.Values);
        Assert.Equal(ClaimScope.Supplied, Assert.Single(answer.Claims).Scope);
        Assert.StartsWith("The latest supplied creatinine is 1.1 mg/dL. Whether there are later ones is not known, because Observation was not supplied completely.", answer.Text, StringComparison.Ordinal);
        Assert.Contains("not all of Observation was supplied", string.Concat(model.Requests.SelectMany(request => request.Messages).Select(message => message.Text)), StringComparison.Ordinal);
        Assert.Contains("Observation was not supplied completely", model.Requests[^1].Last, StringComparison.Ordinal);
    }

    private static Task<Answer> AskAsync(ScriptedModel model) => new ModelTurn().Answerer(model).AnswerAsync(
        s_part, new ChartQuestion("What is the latest creatinine?", ModelTurn.AsOf, AskerRole.Clinician, []), null, TestContext.Current.CancellationToken);
}
