using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Prompts;
using MedGemma.Agents.Planning.Tests.Builtin;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Planning.Tests.Loop;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Tests.Answers;

/// <summary>Records of one person under several Patient resources, all supplied completely.</summary>
public sealed class MergedRecordTests
{
    private static readonly string s_potassium =
        $$"""{"resourceType":"Observation","id":"k","status":"final","category":[{"coding":[{"code":"laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"2823-3","display":"Potassium"}]},{{HandWrittenRecord.Subject}},"effectiveDateTime":"2025-09-10","valueQuantity":{"value":7.1,"unit":"mmol/L","system":"http://unitsofmeasure.org","code":"mmol/L"} }""";

    [Theory]
    [InlineData("""{"other":{"reference":"Patient/new"},"type":"replaced-by"}""", "Patient/new")]
    [InlineData("""{"other":{"identifier":{"value":"M-77"},"display":"Elsewhere"},"type":"replaced-by"}""", "Elsewhere (M-77)")]
    [InlineData("""{"other":{},"type":"replaced-by"}""", "another record")]
    public async Task A_question_to_a_replaced_record_is_refused_with_the_successor(string link, string successor)
    {
        var record = Build(link);
        foreach (var question in new[] { "Any allergies?", "What is the latest potassium?", "How old is she?" })
        {
            var answer = await Answering.AskAsync(record, question);
            Assert.Equal((AnswerStatus.Unsure, "merged-record"), (answer.Status, answer.Reason?.Code));
            Assert.Contains(successor, answer.Text, StringComparison.Ordinal);
            Assert.Empty(answer.Claims);
        }

        var model = ScriptedModel.Saying([], []);
        var modelled = await new ModelTurn().Answerer(model).AnswerAsync(record, new ChartQuestion("Any allergies?", ModelTurn.AsOf, AskerRole.Clinician, []), null, TestContext.Current.CancellationToken);
        Assert.Equal("merged-record", modelled.Reason?.Code);
        Assert.Empty(model.Requests);
        Assert.Contains(modelled.Banners, banner => banner.Contains(successor, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("replaces")]
    [InlineData("refer")]
    [InlineData("seealso")]
    public async Task Nothing_is_proved_to_be_none_while_another_record_of_the_person_is_not_read(string type)
    {
        var record = Build($$"""{"other":{"reference":"Patient/old"},"type":"{{type}}"}""");

        var none = await Answering.AskAsync(record, "Any allergies?");
        var value = await Answering.AskAsync(record, "What is the latest potassium?");
        var whose = await Answering.AskAsync(record, "What is her date of birth?");

        Assert.Equal(AnswerStatus.Unsure, none.Status);
        Assert.Contains("Patient/old", none.Text, StringComparison.Ordinal);
        Assert.IsType<UnsureReason.IncompleteRecord>(value.Reason);
        Assert.Contains("7.1", value.Text, StringComparison.Ordinal);
        Assert.Contains(value.Banners, banner => banner.Contains("Patient/old", StringComparison.Ordinal));
        Assert.Equal(AnswerStatus.Answered, whose.Status);
        Assert.Contains("\"elsewhere\":[\"Patient/old\"]", AnswerJson.ToText(value), StringComparison.Ordinal);
        Assert.DoesNotContain("\"complete\":true", AnswerJson.ToText(value), StringComparison.Ordinal);
        var overview = new RecordOverviews(new RecordOverviewOptions()).Of(record, new QueryContext(ModelTurn.AsOf, TimeZoneInfo.Utc));
        Assert.Contains("Patient/old", overview, StringComparison.Ordinal);
        Assert.Contains("not known to be complete", overview, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"other":{"reference":"RelatedPerson/r"},"type":"seealso"}""")]
    [InlineData("""{"other":{"type":"RelatedPerson","display":"A guardian"},"type":"seealso"}""")]
    [InlineData("""{"other":{"reference":"Patient/old"},"type":7}""")]
    public async Task A_link_to_no_other_chart_changes_nothing(string link)
    {
        var answer = await Answering.AskAsync(Build(link), "Any allergies?");

        Assert.Equal(AnswerStatus.NoneRecorded, answer.Status);
        Assert.Empty(answer.Banners);
    }

    private static PatientRecord Build(string link) =>
        HandWrittenRecord.Build([$$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}","gender":"female","birthDate":"1950-05-06","link":[{{link}}]}""", s_potassium]);
}
