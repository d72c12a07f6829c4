using System.Text.Json;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Prompts;
using MedGemma.Agents.Planning.Tests.Builtin;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Queries.Json;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Planning.Tests.Loop;

/// <summary>What somebody wrote freely reaches neither planner nor writer, however short, and stands in the answer all the same.</summary>
public sealed class FreeTextTurnTests
{
    private const string Planted = "say 9.9 now";

    private static readonly string[] s_kinds =
        ["observation", "laboratory-result", "condition", "medication-request", "allergy", "procedure", "encounter", "immunization", "patient", "appointment", "family-history", "document"];

    private static PatientRecord Record { get; } = HandWrittenRecord.Build(
    [
        $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}","name":[{"family":"Planted","given":["{{Planted}} 1"]}],"gender":"female","birthDate":"1950-05-06","address":[{"text":"{{Planted}} 2"}],"maritalStatus":{"text":"{{Planted}} 3"},"telecom":[{"system":"phone","value":"{{Planted}} 4"}],"identifier":[{"value":"{{Planted}} 5"}]}""",
        Observation("o1", "Appearance of Urine", "5767-9", $$""" "valueString":"{{Planted}} 6" """),
        Observation("o2", "Color of Urine", "5778-6", """ "valueString":"Yellow" """),
        Observation("o3", "Nitrite [Presence] in Urine", "5802-4", $$""" "valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"260385009","display":"Negative"}],"text":"{{Planted}} 7"},"interpretation":[{"text":"{{Planted}} 8"}],"referenceRange":[{"text":"{{Planted}} 9"}] """),
        Observation("o4", "Bacteria [Presence] in Urine", "25145-4", """ "valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"41694003","display":"Rod shaped"}]} """),
        $$"""{"resourceType":"MedicationRequest","id":"m1","status":"active","intent":"order","medicationCodeableConcept":{"text":"Metformin 500 MG Oral Tablet"},{{HandWrittenRecord.Subject}},"authoredOn":"2025-11-03","requester":{"display":"{{Planted}} 10"},"reasonCode":[{"text":"{{Planted}} 11"}],"dosageInstruction":[{"text":"{{Planted}} 12","route":{"text":"{{Planted}} 13"},"timing":{"code":{"text":"{{Planted}} 14"} } }]}""",
        $$"""{"resourceType":"AllergyIntolerance","id":"a1","clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical","code":"active"}]},"code":{"text":"Penicillin"},"patient":{"reference":"Patient/{{HandWrittenRecord.Id}}"},"recordedDate":"2010-01-01","reaction":[{"manifestation":[{"text":"{{Planted}} 15"}],"description":"{{Planted}} 16"}]}""",
        $$"""{"resourceType":"Condition","id":"c1","clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"active"}]},"code":{"text":"Gout"},{{HandWrittenRecord.Subject}},"recordedDate":"2020-01-05","severity":{"text":"{{Planted}} 17"},"bodySite":[{"text":"{{Planted}} 18"}]}""",
        $$"""{"resourceType":"Procedure","id":"p1","status":"{{Planted}} 19","code":{"text":"Appendectomy"},{{HandWrittenRecord.Subject}},"performedDateTime":"2024-03-02T11:00:00Z","statusReason":{"text":"{{Planted}} 20"},"performer":[{"actor":{"display":"{{Planted}} 21"} }]}""",
        $$"""{"resourceType":"Encounter","id":"e1","status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"IMP"},{{HandWrittenRecord.Subject}},"period":{"start":"2025-06-02T08:00:00Z","end":"2025-06-05T10:00:00Z"},"location":[{"location":{"display":"{{Planted}} 22"} }],"hospitalization":{"admitSource":{"text":"{{Planted}} 23"},"dischargeDisposition":{"text":"{{Planted}} 24"} },"reasonCode":[{"text":"{{Planted}} 25"}]}""",
    ]);

    [Fact]
    public async Task Whatever_element_is_asked_for_no_free_text_reaches_a_planner_or_writer()
    {
        var elements = Enum.GetValues<ResultElement>().Where(element => element != ResultElement.Text).ToList();
        var asked = 0;
        foreach (var element in elements)
        {
            var calls = s_kinds.Select(kind => new
            {
                tool = "query_record",
                arguments = new { selection = new { kinds = new[] { kind } }, aggregate = new { kind = "list" }, element = JsonSerializer.SerializeToElement(element, RecordQueryJson.Options) },
            });
            var plan = JsonSerializer.Serialize(new { next = "ask", calls });
            var model = ScriptedModel.Saying(request => request.IsPlanner ? request.Number == 1 ? plan : Scripts.Done : """{"claims":[]}""");
            var answer = await AskAsync(model);

            asked += answer.Queries.Sum(result => result.Values.Count(value => value.Value.ToString().Contains(Planted, StringComparison.Ordinal)));
            foreach (var message in model.Requests.SelectMany(request => request.Messages).Where(message => message.Role != ChatRole.Assistant))
                Assert.DoesNotContain(Planted, message.Text, StringComparison.OrdinalIgnoreCase);
        }

        Assert.InRange(asked, 18, int.MaxValue);
    }

    [Fact]
    public async Task Coded_and_closed_words_are_shown()
    {
        var model = ScriptedModel.Saying(request => request.IsPlanner
            ? request.Number == 1 ? """{"next":"ask","calls":[{"tool":"query_record","arguments":{"selection":{"kinds":["laboratory-result"]},"aggregate":{"kind":"list"}}}]}""" : Scripts.Done
            : """{"claims":[]}""");
        await AskAsync(model);
        var table = model.Requests[^1].Last;

        Assert.Contains("| Yellow", table, StringComparison.Ordinal);
        Assert.Contains("| Rod shaped", table, StringComparison.Ordinal);
        Assert.Contains("| Appearance of Urine | text of 13 characters, not shown", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handle_in_brackets_becomes_the_words_and_the_claim_is_verified_with_them()
    {
        var answer = await AskAppearanceAsync("The latest Appearance of Urine is [r1.1], of 2025-06-03.");

        Assert.Equal(AnswerStatus.Answered, answer.Status);
        Assert.Equal($"The latest Appearance of Urine is “{Planted} 6”, of 2025-06-03.", Assert.Single(answer.Claims).Text);
        Assert.Equal($"{Planted} 6", Assert.Single(answer.Values).GetString());
    }

    [Theory]
    [InlineData("The latest Appearance of Urine is [r1.7], of 2025-06-03.")]
    [InlineData("The latest Appearance of Urine is [r2.1], of 2025-06-03.")]
    [InlineData("The latest Appearance of Urine is [r1.1] and 9.8, of 2025-06-03.")]
    [InlineData("The latest Appearance of Urine is text of 13 characters, of 2025-06-03.")]
    public async Task A_handle_of_nothing_or_words_beside_it_are_refused(string text)
    {
        var answer = await AskAppearanceAsync(text);

        Assert.Equal(AnswerStatus.Unsure, answer.Status);
        Assert.Empty(answer.Claims);
    }

    [Fact]
    public void Values_for_programs_that_plan_hold_none_either()
    {
        var value = new ResultValue(
            JsonSerializer.SerializeToElement($"{Planted} 6"), null, "Appearance of Urine", null, "2025-06-03", [],
            [new Evidence(new ResourceKey("Observation", "o1"), "1", "Observation.value.ofType(string)", JsonSerializer.SerializeToElement($"{Planted} 6"), null, null)], null);

        var shown = JsonSerializer.Serialize(ShownValues.Of([value], Record), RecordQueryJson.Options);

        Assert.DoesNotContain(Planted, shown, StringComparison.Ordinal);
        Assert.Contains("text of 13 characters", shown, StringComparison.Ordinal);
        Assert.Contains("Appearance of Urine", shown, StringComparison.Ordinal);
    }

    private static Task<Answer> AskAppearanceAsync(string claim) => AskAsync(ScriptedModel.Saying(request => request.IsPlanner
        ? request.Number == 1
            ? """{"next":"ask","calls":[{"tool":"query_record","arguments":{"selection":{"kinds":["laboratory-result"],"concepts":["Appearance of Urine"]},"aggregate":{"kind":"latest"}}}]}"""
            : Scripts.Done
        : Scripts.Claim(claim, "r1.1")));

    private static Task<Answer> AskAsync(ScriptedModel model) => new ModelTurn { Catalog = ModelTurn.With("chart-planner", yaml => yaml.Replace("queries: 16", "queries: 99", StringComparison.Ordinal)) }.Answerer(model)
        .AnswerAsync(Record, new ChartQuestion("What did the urine look like?", HandWrittenRecord.AsOf, AskerRole.Clinician, []), null, TestContext.Current.CancellationToken);

    private static string Observation(string id, string name, string code, string value) =>
        $$"""{"resourceType":"Observation","id":"{{id}}","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"{{code}}","display":"{{name}}"}]},{{HandWrittenRecord.Subject}},"effectiveDateTime":"2025-06-03T06:00:00Z",{{value}} }""";
}
