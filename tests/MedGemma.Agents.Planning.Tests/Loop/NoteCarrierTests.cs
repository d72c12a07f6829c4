using System.Text;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Builtin;
using MedGemma.Agents.Planning.Tests.Notes;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Tests.Loop;

/// <summary>Notes that stand elsewhere than in a plain document, over the whole turn; and documents that cannot be read.</summary>
public sealed class NoteCarrierTests
{
    private const string ReadFalls = """{"next":"ask","calls":[{"tool":"read_note","arguments":{"topic":"fall"}}]}""";

    private const string FracturesThenFalls =
        """{"next":"ask","calls":[{"tool":"query_record","arguments":{"selection":{"kinds":["condition"],"concepts":["fracture"]},"aggregate":{"kind":"list"}}},{"tool":"read_note","arguments":{"topic":"fall"}}]}""";

    private static readonly string s_rtf = Attached("application/rtf", @"{\rtf1 He had a fall.}");

    public static TheoryData<string, string> Carriers { get; } = new()
    {
        { Attached("text/html", "<p>He had a <b>fall</b>\n at home.</p>"), "of 2025-06-01T10:00:00Z (Letter)" },
        { Attached("application/xml", "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><component><structuredBody><component><section><text>He had a fall at home.</text></section></component></structuredBody></component></ClinicalDocument>"), "of 2025-06-01T10:00:00Z (Letter)" },
        { $$"""{"resourceType":"MedicationRequest","id":"o","status":"active","intent":"order","medicationCodeableConcept":{"text":"Zolpidem"},{{HandWrittenRecord.Subject}},"authoredOn":"2025-06-01","note":[{"time":"2025-06-02T09:00:00Z","text":"He had a fall at home."}]}""", "of 2025-06-02T09:00:00Z (Zolpidem)" },
        { $$"""{"resourceType":"Condition","id":"c","text":{"status":"additional","div":"<div>He had a fall at home.</div>"},"code":{"text":"Frailty"},{{HandWrittenRecord.Subject}},"recordedDate":"2025-06-01"}""", "of 2025-06-01 (Frailty)" },
    };

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task A_note_is_quoted_from_every_carrier(string resource, string source)
    {
        var answer = await AskAsync(Model(ReadFalls, "fall"), Record(resource));

        var claim = Assert.Single(answer.Claims);
        Assert.Equal($"From a note, not checked against the chart: the note {source} says “He had a fall at home.”.", claim.Text);
        Assert.Equal(AnswerStatus.Answered, answer.Status);
    }

    [Fact]
    public async Task What_a_page_hides_from_people_is_not_quoted()
    {
        var answer = await AskAsync(Model(ReadFalls, "fall"), Record(Attached("text/html", "<p>Well.<span style=\"display:none\">He had a fall.</span></p>")));

        Assert.Equal(AnswerStatus.Unsure, answer.Status);
        Assert.Empty(answer.Claims);
    }

    [Fact]
    public async Task A_document_that_cannot_be_read_is_said_where_notes_say_nothing()
    {
        var answer = await AskAsync(Model(ReadFalls, "seizure"), Record(NoteRecords.Note("n", "2025-06-03", "He had a fall."), s_rtf));

        Assert.Equal(AnswerStatus.Unsure, answer.Status);
        Assert.Contains("1 document could not be read, or not all of it (1 in a format that is not read here)", answer.Text, StringComparison.Ordinal);
        Assert.Equal(UnreadReason.UnknownFormat, Assert.Single(Assert.Single(answer.Queries).Unread).Reason);
    }

    [Fact]
    public async Task A_document_that_cannot_be_read_is_said_beside_what_another_says()
    {
        var answer = await AskAsync(Model(ReadFalls, "fall"), Record(NoteRecords.Note("n", "2025-06-03", "He had a fall."), s_rtf));

        Assert.Equal(AnswerStatus.Answered, answer.Status);
        Assert.Contains("1 document could not be read", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list", AnswerStatus.NoneRecorded)]
    [InlineData("exists", AnswerStatus.Answered)]
    public async Task Nothing_is_said_to_be_absent_for_want_of_a_document_that_cannot_be_read(string aggregate, AnswerStatus status)
    {
        var plan = FracturesThenFalls.Replace("\"list\"", $"\"{aggregate}\"", StringComparison.Ordinal);
        var none = Scripts.Claim("No fracture is recorded.", "r1");
        var open = await AskAsync(Model(plan, "fracture", none), Record(s_rtf));
        var read = await AskAsync(Model(plan, "fracture", none), Record(NoteRecords.Note("n", "2025-06-03", "He had a fall.")));

        Assert.Equal(status, read.Status);
        Assert.Equal(AnswerStatus.Unsure, open.Status);
        Assert.Equal("notes-not-read", open.Reason!.Code);
        Assert.Contains("1 document could not be read", open.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_built_in_planner_calls_no_document_silent_that_it_cannot_read()
    {
        var answer = await Fixtures.Answering.AskAsync(Record(s_rtf), "Do any notes mention a fall?");

        Assert.Equal(AnswerStatus.Unsure, answer.Status);
    }

    private static PatientRecord Record(params string[] resources) => HandWrittenRecord.Build(
        [$$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}","gender":"female","birthDate":"1950-05-06"}""", .. resources]);

    private static string Attached(string type, string content) =>
        $$"""{"resourceType":"DocumentReference","id":"d","status":"current","type":{"text":"Letter"},{{HandWrittenRecord.Subject}},"date":"2025-06-01T10:00:00Z","content":[{"attachment":{"contentType":"{{type}}","data":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(content))}}"} }]}""";

    private static ScriptedModel Model(string plan, string quote, string? claim = null) => ScriptedModel.Saying(request =>
        request.IsPlanner ? plan
        : request.Options.ResponseFormat is Microsoft.Extensions.AI.ChatResponseFormatJson { SchemaName: "answer_writer" } ? claim ?? Scripts.Claim("Gender: female.", "r1.1")
        : Notes.ScriptedModel.QuotesOf(request.Last, quote));

    private static Task<Answer> AskAsync(ScriptedModel model, PatientRecord record) => new ModelTurn().Answerer(model)
        .AnswerAsync(record, new ChartQuestion("Did she fall?", HandWrittenRecord.AsOf, AskerRole.Clinician, []), null, TestContext.Current.CancellationToken);
}
