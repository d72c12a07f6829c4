using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Builtin;
using MedGemma.Agents.Planning.Tests.Notes;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Tests.Loop;

/// <summary>Notes in whole turns of the model planner.</summary>
public sealed class NoteTurnTests
{
    private const string ReadFalls = """{"next":"ask","calls":[{"tool":"read_note","arguments":{"topic":"fall"}}]}""";
    private const string GenderThenFalls =
        """{"next":"ask","calls":[{"tool":"query_record","arguments":{"selection":{"kinds":["patient"]},"aggregate":{"kind":"latest"},"element":"gender"}},{"tool":"read_note","arguments":{"topic":"fall"}},{"tool":"query_record","arguments":{"selection":{"kinds":["patient"]},"aggregate":{"kind":"latest"},"element":"age"}}]}""";

    private static PatientRecord Record => NoteRecords.Of("Seen in clinic. He had a fall at home last week.", "Denies a fall since then.");

    [Fact]
    public async Task What_a_note_says_is_quoted_by_code_and_nothing_is_planned_afterwards()
    {
        var model = Model(ReadFalls, "fall at home");
        var answer = await AskAsync(model, Record);

        var claim = Assert.Single(answer.Claims);
        Assert.True(claim.IsNoteDerived);
        Assert.Contains("“He had a fall at home last week.”", claim.Text, StringComparison.Ordinal);
        Assert.Equal(AnswerStatus.Answered, answer.Status);
        Assert.Empty(answer.Values);
        Assert.Equal(1, model.Requests.Count(request => request.IsPlanner));
        Assert.DoesNotContain(model.Requests.Where(request => request.IsPlanner || IsWriter(request)), request => request.Messages.Any(message => message.Text.Contains("at home", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Coded_data_asked_for_before_is_written_of_and_what_comes_after_is_not_carried_out()
    {
        var model = Model(GenderThenFalls, "fall at home");
        var answer = await AskAsync(model, Record);

        Assert.Equal(["Gender: female.", answer.Claims[^1].Text], answer.Claims.Select(claim => claim.Text));
        Assert.Equal("female", Assert.Single(answer.Values).GetString());
        Assert.Equal(2, answer.Queries.Count);
        Assert.DoesNotContain(model.Requests.Where(IsWriter), request => request.Messages.Any(message => message.Text.Contains("at home", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_query_that_lists_the_notes_is_shown_before_any_is_read()
    {
        var (steps, shown) = (new StepRecorder(), "");
        var model = ScriptedModel.Saying(request =>
        {
            if (!request.IsPlanner)
                shown = string.Join(", ", steps.Steps);
            return request.IsPlanner ? ReadFalls : Notes.ScriptedModel.QuotesOf(request.Last, "fall at home");
        });

        await new ModelTurn().Answerer(model).AnswerAsync(Record, new ChartQuestion("Did she fall?", HandWrittenRecord.AsOf, AskerRole.Clinician, []), steps, TestContext.Current.CancellationToken);

        Assert.Equal("planned 1, queried Found", shown);
        Assert.Equal(["planned 1", "queried Found", "claimed Supported"], steps.Steps);
    }

    [Fact]
    public async Task Notes_that_say_nothing_leave_the_answer_open_and_say_how_much_was_read()
    {
        var answer = await AskAsync(Model(ReadFalls, "seizure"), Record);

        Assert.Equal(AnswerStatus.Unsure, answer.Status);
        Assert.Contains("Of the notes 2 passages were searched", answer.Text, StringComparison.Ordinal);
    }

    private static ScriptedModel Model(string plan, string quote) => ScriptedModel.Saying(request =>
        request.IsPlanner ? plan : IsWriter(request) ? Scripts.Claim("Gender: female.", "r1.1")
        : Notes.ScriptedModel.QuotesOf(request.Last, quote));

    private static bool IsWriter(ScriptedRequest request) => request.Options.ResponseFormat is Microsoft.Extensions.AI.ChatResponseFormatJson { SchemaName: "answer_writer" };

    private static Task<Answer> AskAsync(ScriptedModel model, PatientRecord record) => new ModelTurn().Answerer(model)
        .AnswerAsync(record, new ChartQuestion("Did she fall?", HandWrittenRecord.AsOf, AskerRole.Clinician, []), null, TestContext.Current.CancellationToken);
}
