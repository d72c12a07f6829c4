using System.Text;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Sessions.Records;
using MedGemma.Agents.Sessions.Storage;

namespace MedGemma.Agents.Sessions.Replay;

/// <summary>Runs stored turns again and compares. Writes nothing. Safe for concurrent use.</summary>
/// <param name="store">Where turns are.</param>
/// <param name="source">Where records are.</param>
/// <param name="builder">Builds them.</param>
/// <param name="answerer">Answers again.</param>
/// <param name="earlierTurns">As many earlier questions as a session keeps for follow-ups.</param>
public sealed class TurnReplayer(ITurnStore store, NamedRecordSource source, IRecordBuilder builder, IQuestionAnswerer answerer, int earlierTurns)
{
    private const int MostTurns = 100_000;

    /// <summary>Runs a turn again.</summary>
    /// <param name="sessionKey">The session.</param>
    /// <param name="number">Number of the turn.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    public async Task<ReplayOutcome> ReplayAsync(string sessionKey, int number, CancellationToken cancellationToken)
    {
        if (await store.FindSessionAsync(sessionKey, cancellationToken).ConfigureAwait(false) is not { } session)
            return new ReplayOutcome.NoSuchTurn();

        var turns = await store.ReadTurnsAsync(sessionKey, MostTurns, cancellationToken).ConfigureAwait(false);
        if (turns.FirstOrDefault(turn => turn.Turn.Number == number) is not { } stored)
            return new ReplayOutcome.NoSuchTurn();
        if (stored.Result is not { AnswerJson: { } storedAnswer } result)
            return WithoutAnswer(stored.Result);

        var (record, problem) = await new RecordRebuilder(source.Source, builder).RebuildAsync(session.PatientId, result, turns, cancellationToken).ConfigureAwait(false);
        if (record is null)
            return problem!;

        var earlier = turns.Where(turn => turn.Turn.Number < number && turn.Result is { AnswerJson: not null })
            .TakeLast(earlierTurns)
            .Select(turn => new EarlierQuestion(turn.Turn.Question, QueryResultJson.ReadQueries(Encoding.UTF8.GetBytes(turn.Result!.QueriesJson))));
        var storedWork = result.ModelWork is { } work ? ModelWorkJson.Read(Encoding.UTF8.GetBytes(work)) : null;
        var question = new ChartQuestion(stored.Turn.Question, stored.Turn.AsOf, session.Role, [.. earlier]) { Again = storedWork };
        var answer = await answerer.AnswerAsync(record, question, null, cancellationToken).ConfigureAwait(false);
        var workNow = answer.Model ?? answer.Other?.Model;
        return TurnComparison.Find(storedWork, workNow, storedAnswer, AnswerJson.ToText(answer)) is { } difference
            ? new ReplayOutcome.Differs(difference)
            : Same(workNow?.Calls ?? []);
    }

    private static ReplayOutcome Same(IReadOnlyList<ModelCall> calls)
    {
        var against = calls.SelectMany(call => call.NearTies ?? []).Where(tie => tie.Lead < 0).ToList();
        return against.Count == 0
            ? new ReplayOutcome.Same(calls.Count)
            : new ReplayOutcome.SameButForRounding(calls.Count, calls.Sum(call => call.OutputTokens ?? 0), against.Count, -against.Min(tie => tie.Lead));
    }

    private static ReplayOutcome.NoAnswer WithoutAnswer(TurnResultRow? result)
    {
        if (result is null)
            return new ReplayOutcome.NoAnswer("interrupted", 0, 0, null);

        var calls = result.ModelWork is { } work ? ModelWorkJson.Read(Encoding.UTF8.GetBytes(work)).Calls : [];
        return new ReplayOutcome.NoAnswer(result.Status, QueryResultJson.ReadQueries(Encoding.UTF8.GetBytes(result.QueriesJson)).Count, calls.Count, calls.Count > 0 ? calls[^1].Failure : null);
    }
}
