using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Builtin;
using MedGemma.Agents.Planning.Tests.Notes;
using MedGemma.Agents.Records.Model;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Planning.Tests.Loop;

/// <summary>Turns whose notes were not read, or not all of them: that nothing is coded is then no "none recorded".</summary>
public sealed class UnreadNoteTurnTests
{
    private const string Plan =
        """{"next":"ask","calls":[{"tool":"query_record","arguments":{"selection":{"kinds":["condition"],"concepts":["chest pain"]},"aggregate":{"kind":"list"}}},{"tool":"read_note","arguments":{"topic":"chest pain"}}]}""";

    private const string Negative = "No conditions of chest pain are recorded.";

    private static PatientRecord Record => NoteRecords.Of("Seen in clinic. Chest pain on exertion since May.", "Feels well.");

    public static TheoryData<string, string> Extractors => new()
    {
        { "malformed", "the reply of the model that read them could not be read" },
        { "cut", "the reply of the model that read them was cut off" },
        { "busy", "the model that was to read them failed" },
        { "invented", "1 finding was refused" },
    };

    [Theory]
    [MemberData(nameof(Extractors))]
    public async Task A_negative_beside_notes_that_could_not_be_extracted_is_no_none_recorded(string extractor, string said)
    {
        var answer = await AskAsync(Record, extractor);

        Assert.Equal(AnswerStatus.Unsure, answer.Status);
        Assert.IsType<UnsureReason.NotesNotRead>(answer.Reason);
        Assert.Equal(Negative, Assert.Single(answer.Claims).Text);
        Assert.Contains(said, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_negative_beside_a_part_of_the_passages_is_no_none_recorded()
    {
        var answer = await AskAsync(NoteRecords.Of([.. Enumerable.Range(1, 12).Select(day => $"Day {day}: chest pain was asked for.")]), "nothing");

        Assert.Equal(AnswerStatus.Unsure, answer.Status);
        Assert.IsType<UnsureReason.NotesNotRead>(answer.Reason);
        Assert.Contains("Of the notes 12 passages were searched and 8 read", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_negative_beside_notes_that_may_not_be_all_is_no_none_recorded()
    {
        var record = HandWrittenRecord.BuildPart(
            [$$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}","gender":"female","birthDate":"1950-05-06"}""", NoteRecords.Note("n1", "2025-06-03T10:00:00Z", "Chest pain was asked for.")],
            "Patient", "Condition", "Encounter", "Observation");
        var answer = await AskAsync(record, "nothing");

        Assert.IsType<UnsureReason.NotesNotRead>(answer.Reason);
        Assert.Contains("does not prove that no note is missing", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_negative_beside_notes_that_were_all_read_says_that_they_were()
    {
        var answer = await AskAsync(NoteRecords.Of("Chest pain was asked for.", "Chest pain was asked for again."), "nothing");

        Assert.Equal(AnswerStatus.NoneRecorded, answer.Status);
        Assert.Contains("2 passages were searched and 2 read", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_found_stays_an_answer_and_says_how_much_was_read()
    {
        var model = ScriptedModel.Saying(request => request.IsPlanner
            ? """{"next":"ask","calls":[{"tool":"query_record","arguments":{"selection":{"kinds":["patient"]},"aggregate":{"kind":"latest"},"element":"gender"}},{"tool":"read_note","arguments":{"topic":"chest pain"}}]}"""
            : IsWriter(request) ? Scripts.Claim("Gender: female.", "r1.1") : "no JSON");
        var answer = await AskAsync(Record, model);

        Assert.Equal(AnswerStatus.Answered, answer.Status);
        Assert.Contains("the reply of the model that read them could not be read", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quotes_beside_a_writer_that_failed_say_that_it_did()
    {
        var model = ScriptedModel.Saying(request => request.IsPlanner ? Plan : IsWriter(request) ? "no JSON" : Notes.ScriptedModel.QuotesOf(request.Last, "Chest pain", "symptom"));
        var answer = await AskAsync(Record, model);

        Assert.Equal(AnswerStatus.Answered, answer.Status);
        Assert.True(Assert.Single(answer.Claims).IsNoteDerived);
        Assert.Contains("Nothing could be written of the coded data: The model's answer could not be read.", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notes_that_were_asked_for_where_they_cannot_be_read_leave_a_negative_open()
    {
        var model = ScriptedModel.Saying(request => request.IsPlanner ? request.Number == 1 ? Plan : Scripts.Done : Scripts.Claim(Negative, "r1"));
        var turn = new ModelTurn { Catalog = ModelTurn.With("note-extractor", yaml => yaml.Replace("model: planner", "model: reader", StringComparison.Ordinal)) };
        var answer = await turn.Answerer(model).AnswerAsync(Record, Question, null, TestContext.Current.CancellationToken);

        Assert.IsType<UnsureReason.NotesNotRead>(answer.Reason);
        Assert.Contains("Notes were to be read for it and were not.", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_negative_beside_a_query_that_stays_open_is_no_none_recorded()
    {
        var record = HandWrittenRecord.BuildPart(
            [$$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}","gender":"female","birthDate":"1950-05-06"}"""], "Patient", "Condition", "Encounter", "Observation");
        var model = ScriptedModel.Saying(request => request.IsPlanner
            ? request.Number == 1
                ? """{"next":"ask","calls":[{"tool":"query_record","arguments":{"selection":{"kinds":["condition"],"concepts":["chest pain"]},"aggregate":{"kind":"list"}}},{"tool":"query_record","arguments":{"selection":{"kinds":["procedure"]},"aggregate":{"kind":"list"}}}]}"""
                : Scripts.Done
            : Scripts.Claim(Negative, "r1"));
        var answer = await AskAsync(record, model);

        Assert.IsType<UnsureReason.OpenInRecord>(answer.Reason);
        Assert.Equal(Negative, Assert.Single(answer.Claims).Text);
    }

    private static ChartQuestion Question => new("Did she ever have chest pain?", HandWrittenRecord.AsOf, AskerRole.Clinician, []);

    private static Task<Answer> AskAsync(PatientRecord record, string extractor) => AskAsync(record, new ScriptedModel(request =>
        request.IsPlanner ? ScriptedModel.Text(Plan)
        : IsWriter(request) ? ScriptedModel.Text(Scripts.Claim(Negative, "r1"))
        : extractor switch
        {
            "malformed" => ScriptedModel.Text("The notes mention chest pain."),
            "cut" => ScriptedModel.Text("""{"findings":[""", ChatFinishReason.Length),
            "busy" => throw new HttpRequestException(),
            "invented" => ScriptedModel.Text("""{"findings":[{"passage":1,"kind":"symptom","assertion":"present","quote":"pain in the chest at rest"}]}"""),
            "nothing" => ScriptedModel.Text("""{"findings":[]}"""),
            _ => throw new ArgumentOutOfRangeException(nameof(extractor)),
        }));

    private static bool IsWriter(ScriptedRequest request) => request.Options.ResponseFormat is ChatResponseFormatJson { SchemaName: "answer_writer" };

    private static Task<Answer> AskAsync(PatientRecord record, ScriptedModel model) =>
        new ModelTurn().Answerer(model).AnswerAsync(record, Question, null, TestContext.Current.CancellationToken);
}
