using System.Runtime.CompilerServices;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Builtin;
using MedGemma.Agents.Planning.Tests.Notes;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Planning.Tests.Loop;

/// <summary>Claims are verified and told while the model still writes.</summary>
public sealed class StreamedClaimTests
{
    private const string First = """{"text":"The latest Creatinine [Mass/volume] in Serum or Plasma is 1.90 mg/dL, of 2025-07-22.","evidence":["r1.1"]}""";

    private const string False = """{"text":"The latest creatinine is 9.99 mg/dL.","evidence":["r1.1"]}""";

    private const string Second = """{"text":"No prescriptions of warfarin are recorded.","evidence":["r2"]}""";

    private readonly ModelTurn _turn = new();

    [Fact]
    public async Task A_claim_is_told_before_the_next_one_is_written()
    {
        var shown = new List<int>();
        var answer = await AskAsync(Pieces("""{"claims":[""", First, ",", Second, "]}"), () => shown.Add(_turn.Steps.Claims.Count));

        Assert.Equal(AnswerStatus.Answered, answer.Status);
        Assert.Equal([0, 0, 1, 1, 2], shown);
        Assert.Equal(answer.Claims.Select(claim => claim.Text), _turn.Steps.Claims.Select(claim => claim.Text));
    }

    [Fact]
    public async Task A_claim_that_is_refused_is_told_only_as_it_was_corrected()
    {
        var shown = new List<string>();
        var model = Model(
            request => request.Number == 1 ? Pieces("""{"claims":[""", False, ",", Second, "]}") : Pieces("""{"claims":[""", First, "]}"),
            () => shown.Add(string.Join(',', _turn.Steps.Claims.Select(claim => claim.Verdict))));

        var answer = await _turn.AskAsync(model, "What is the latest creatinine?");

        Assert.Equal(["", "", "", "", "Supported", "Supported", "Supported", "Supported,Supported"], shown);
        Assert.Empty(answer.Dropped);
        Assert.DoesNotContain(_turn.Steps.Claims, claim => claim.Text.Contains("9.99", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_claim_that_stays_refused_is_never_told()
    {
        var answer = await AskAsync(Pieces("""{"claims":[""", False, ",", First, "]}"), () => { });

        Assert.Equal([Verdict.Supported], _turn.Steps.Claims.Select(claim => claim.Verdict));
        Assert.Single(answer.Dropped);
    }

    [Fact]
    public async Task What_was_told_before_an_answer_broke_off_stays_and_is_no_whole_answer()
    {
        var answer = await AskAsync(Broken("""{"claims":[""", First, ",", False, ",", """{"text":"Warf"""), () => { });

        Assert.Equal(AnswerStatus.Unsure, answer.Status);
        Assert.IsType<UnsureReason.ModelLost>(answer.Reason);
        Assert.Empty(answer.Values);
        Assert.Contains("1.90 mg/dL", Assert.Single(answer.Claims).Text, StringComparison.Ordinal);
        Assert.Single(answer.Dropped);
        Assert.Contains("broken off", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_turns_out_to_be_no_answer_leaves_what_was_told_and_is_unsure()
    {
        var answer = await AskAsync(Pieces("""{"claims":[""", First, """],"more":1}"""), () => { });

        Assert.Equal(AnswerStatus.Unsure, answer.Status);
        Assert.IsType<UnsureReason.UnreadableOutput>(answer.Reason);
        Assert.Single(answer.Claims);
        Assert.Empty(answer.Values);
    }

    [Fact]
    public async Task Of_a_writer_that_thinks_nothing_is_told_before_its_end()
    {
        var shown = new List<int>();
        var turn = new ModelTurn { Thinks = true, Catalog = ModelTurn.With("answer-writer", yaml => yaml.Replace("thinking: false", "thinking: true", StringComparison.Ordinal)) };
        var model = Model(_ => Pieces("""{"claims":[""", First, "]}"), () => shown.Add(turn.Steps.Claims.Count));

        await turn.AskAsync(model, "What is the latest creatinine?");

        Assert.Equal([0, 0, 0], shown);
        Assert.Single(turn.Steps.Claims);
    }

    [Fact]
    public async Task An_observer_that_fails_is_no_failure_of_the_model()
    {
        var model = Model(_ => Pieces("""{"claims":[""", First, "]}"), () => { });

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _turn.Answerer(model).AnswerAsync(
            await ModelTurn.RecordAsync(), new ChartQuestion("What is the latest creatinine?", ModelTurn.AsOf, AskerRole.Clinician, []), new FailingObserver(), TestContext.Current.CancellationToken));
        Assert.Equal(0, model.Open);
    }

    [Fact]
    public async Task Quotes_of_notes_are_told_before_the_writer_begins()
    {
        var steps = new StepRecorder();
        var shown = -1;
        var model = ScriptedModel.Saying(request =>
        {
            var isWriter = request.Options.ResponseFormat is ChatResponseFormatJson { SchemaName: "answer_writer" };
            shown = isWriter ? steps.Claims.Count : shown;
            return request.IsPlanner
                ? """{"next":"ask","calls":[{"tool":"query_record","arguments":{"selection":{"kinds":["patient"]},"aggregate":{"kind":"latest"},"element":"gender"}},{"tool":"read_note","arguments":{"topic":"fall"}}]}"""
                : isWriter ? Scripts.Claim("Gender: female.", "r1.1") : Notes.ScriptedModel.QuotesOf(request.Last, "fall");
        });

        var answer = await new ModelTurn().Answerer(model).AnswerAsync(
            NoteRecords.Of("He had a fall."), new ChartQuestion("Did she fall?", HandWrittenRecord.AsOf, AskerRole.Clinician, []), steps, TestContext.Current.CancellationToken);

        Assert.Equal(1, shown);
        Assert.Equal([true, false], steps.Claims.Select(claim => claim.IsNoteDerived));
        Assert.Equal([false, true], answer.Claims.Select(claim => claim.IsNoteDerived));
    }

    private Task<Answer> AskAsync(IAsyncEnumerable<string> claims, Action beforePiece) => _turn.AskAsync(Model(_ => claims, beforePiece), "What is the latest creatinine, and is warfarin prescribed?");

    private static ScriptedModel Model(Func<ScriptedRequest, IAsyncEnumerable<string>> claims, Action beforePiece) => new(request =>
        request.IsPlanner ? ScriptedModel.Text(request.Number switch { 1 => Scripts.LatestCreatinine, 2 => Scripts.Warfarin, _ => Scripts.Done }) : Written(claims(request), beforePiece));

    private static async IAsyncEnumerable<ChatResponseUpdate> Written(IAsyncEnumerable<string> pieces, Action beforePiece, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var piece in pieces.WithCancellation(cancellationToken))
        {
            beforePiece();
            yield return new ChatResponseUpdate(ChatRole.Assistant, piece);
        }
    }

    private static async IAsyncEnumerable<string> Pieces(params string[] pieces)
    {
        await Task.CompletedTask;
        foreach (var piece in pieces)
            yield return piece;
    }

    private static async IAsyncEnumerable<string> Broken(params string[] pieces)
    {
        await foreach (var piece in Pieces(pieces))
            yield return piece;
        throw new IOException("gone");
    }

    private sealed class FailingObserver : IAnswerObserver
    {
        public ValueTask PlannedAsync(IReadOnlyList<Records.Queries.RecordQuery> queries, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask QueriedAsync(Records.Queries.QueryResult result, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask ModelCalledAsync(AgentWork agent, ModelCall call) => ValueTask.CompletedTask;

        public ValueTask ClaimedAsync(Claim claim, CancellationToken cancellationToken) => throw new InvalidOperationException("The stream is closed.");
    }
}
