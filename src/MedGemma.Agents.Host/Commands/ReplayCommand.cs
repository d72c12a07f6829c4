using System.CommandLine;
using System.Globalization;
using MedGemma.Agents.Host.Composition;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Sessions;
using MedGemma.Agents.Sessions.Records;
using MedGemma.Agents.Sessions.Replay;
using MedGemma.Agents.Sessions.Storage;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Host.Commands;

/// <summary><c>medgemma replay</c>: runs a stored turn again with the record as it was, the same instant, agents and models, and shows the first difference.</summary>
internal static class ReplayCommand
{
    private const int LongestShown = 400;

    /// <summary>Creates the verb.</summary>
    /// <param name="services">Makes the services of one run from settings by configuration key.</param>
    /// <param name="error">Where problems of the files are listed.</param>
    public static Command Create(Func<IReadOnlyDictionary<string, string?>, ServiceProvider> services, TextWriter error)
    {
        var session = new Argument<string>("session") { Description = "Key of the session." };
        var turn = new Argument<int>("turn") { Description = "Number of the turn, 1 for the first." };
        var planner = PlannerOption.Create();
        var source = new SourceOptions();
        var command = new Command("replay", "Runs a turn again and shows the first difference; ends with 1 when there is one.") { session, turn, planner };
        source.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var provider = services(PlannerOption.Settings(parsed.GetValue(planner)));
            var store = source.StoreOf(parsed, provider);
            var records = await source.OpenAsync(parsed, provider, error, cancellationToken).ConfigureAwait(false);
            return await SessionServices.RunAsync(store.DataFolder, async sessions =>
            {
                var (turns, key, number) = (sessions.GetRequiredService<ITurnStore>(), parsed.GetRequiredValue(session), parsed.GetRequiredValue(turn));
                var patient = (await turns.FindSessionAsync(key, cancellationToken).ConfigureAwait(false))?.PatientId;
                await turns.AuditAsync(
                    new AuditRow(
                        provider.GetRequiredService<TimeProvider>().GetUtcNow(), LocalUser.Issuer, LocalUser.Name, AuditAction.ReplayByCommand, patient, key, number, patient is null ? "not-found" : "done"),
                    cancellationToken).ConfigureAwait(false);
                var replayer = new TurnReplayer(
                    turns,
                    new NamedRecordSource("replay", records),
                    provider.GetRequiredService<IRecordBuilder>(),
                    provider.GetRequiredService<IQuestionAnswerer>(),
                    sessions.GetRequiredService<IOptions<PatientSessionOptions>>().Value.EarlierTurns);
                var outcome = await replayer.ReplayAsync(key, number, cancellationToken).ConfigureAwait(false);
                await parsed.InvocationConfiguration.Output.WriteLineAsync(Describe(outcome)).ConfigureAwait(false);
                return outcome is ReplayOutcome.Same or ReplayOutcome.SameButForRounding ? ExitCode.Done : ExitCode.RefusedOrFailed;
            }).ConfigureAwait(false);
        });
        return command;
    }

    private static string Describe(ReplayOutcome outcome) => outcome switch
    {
        ReplayOutcome.NoSuchTurn => throw new CommandRefusedException("there is no such turn"),
        ReplayOutcome.NoAnswer(var status, var queries, var calls, var failure) =>
            $"the turn was {status}, so that there is no answer to compare with; by then there were {Amount.Of(queries, "query", "queries")} and {Amount.Of(calls, "call of a model", "calls of models")}"
            + (failure is null ? "" : $", the last of which ended as {failure}"),
        ReplayOutcome.VersionsLost(var lost, var of) =>
            $"{lost} of the {Amount.Of(of, "version of a resource", "versions of resources")} that the turn read {(lost == 1 ? "is" : "are")} not kept any more, so that the same answer cannot be expected: erased, or in a source that keeps the newest only",
        ReplayOutcome.Rewritten => "a version that the turn read has other content now, so that the same answer cannot be expected: its source rewrote it under the same version",
        ReplayOutcome.RecordChanged(var stored, var now) =>
            $"the record has changed since, so that the same answer cannot be expected\n  then: {stored ?? "not kept"}\n  now:  {now ?? "no such patient"}",
        ReplayOutcome.Same(var calls) => calls == 0 ? "the same answer, without a model" : $"the same answer in {Amount.Of(calls, "call of a model", "calls of models")}",
        ReplayOutcome.SameButForRounding(var calls, var tokens, var settled, var widest) => string.Create(
            CultureInfo.InvariantCulture,
            $"the same answer in {Amount.Of(calls, "call of a model", "calls of models")}; at {settled} of {tokens} tokens another one led by {widest:G2} at most, which is rounding, and the one of then was taken"),
        ReplayOutcome.Differs({ } first) => $"{first.Where} differs\n  then: {Shown(first.Stored)}\n  now:  {Shown(first.Now)}",
        _ => throw new InvalidOperationException($"An outcome of the unknown kind {outcome.GetType().Name}."),
    };

    private static string Shown(string text)
    {
        var line = string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
        return line.Length <= LongestShown ? line : string.Create(CultureInfo.InvariantCulture, $"{line.AsSpan(0, LongestShown)}... ({line.Length} characters)");
    }
}
