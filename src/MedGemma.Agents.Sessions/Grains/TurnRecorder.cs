using MedGemma.Agents.Sessions.Storage;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Sessions.Grains;

/// <summary>
/// Writes a turn before anything of it is shown: whole in one transaction when it ends within <see cref="PatientSessionOptions.QuickTurn"/>, otherwise its
/// beginning then and its end when it comes. Safe for concurrent use, one call a turn.
/// </summary>
/// <param name="store">Where turns are kept.</param>
/// <param name="options">What is quick.</param>
/// <param name="clock">The clock.</param>
internal sealed class TurnRecorder(ITurnStore store, IOptions<PatientSessionOptions> options, TimeProvider clock)
{
    /// <summary>Runs and writes a turn; called where it may block.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="beginning">The audit row of its beginning.</param>
    /// <param name="run">Runs it; its exceptions are its result.</param>
    /// <param name="begun">Called when the turn took long and its beginning is durable, so that its steps may be shown while it runs.</param>
    /// <returns>The turn; all its rows are durable.</returns>
    /// <exception cref="System.Data.Common.DbException">A row could not be written; the turn has ended.</exception>
    public async Task<SessionTurn> RecordAsync(TurnRow turn, AuditRow beginning, Func<Task<SessionTurn>> run, Action begun)
    {
        var first = new FirstOfTwo();
        using var waiting = new CancellationTokenSource();
        var beginningLater = BeginLaterAsync(turn, beginning, begun, first, waiting.Token);
        var done = await run().ConfigureAwait(false);
        var ending = beginning with { At = clock.GetUtcNow(), Action = AuditAction.EndTurn, Outcome = done.Result.Status };
        if (first.TryBe())
        {
            waiting.Cancel();
            await store.AddTurnAsync(turn, done.Result, beginning, ending, CancellationToken.None).ConfigureAwait(false);
            return done;
        }

        // Turns stay one at a time also when one could not be begun: its failure is thrown when it has run to its end.
        await beginningLater.ConfigureAwait(false);
        await store.EndTurnAsync(turn, done.Result, ending, CancellationToken.None).ConfigureAwait(false);
        return done;
    }

    private async Task BeginLaterAsync(TurnRow turn, AuditRow beginning, Action begun, FirstOfTwo first, CancellationToken cancellationToken)
    {
        await Task.Delay(options.Value.QuickTurn, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!first.TryBe())
            return;

        await store.BeginTurnAsync(turn, beginning, CancellationToken.None).ConfigureAwait(false);
        begun();
    }

    /// <summary>Decides whether a turn ended before the time was up.</summary>
    private sealed class FirstOfTwo
    {
        private int _taken;

        public bool TryBe() => Interlocked.Exchange(ref _taken, 1) == 0;
    }
}
