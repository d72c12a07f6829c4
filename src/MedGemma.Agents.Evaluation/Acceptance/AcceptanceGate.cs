using System.Globalization;
using MedGemma.Agents.Evaluation.QuestionAnswering.Reporting;
using MedGemma.Agents.Evaluation.Suites;
using MedGemma.Agents.Evaluation.Suites.Comparing;
using MedGemma.Agents.Evaluation.Suites.RunFiles;

namespace MedGemma.Agents.Evaluation.Acceptance;

/// <summary>
/// Decides whether a candidate (a new model, prompt or quantisation) may take the place of what made a baseline run. It is accepted only when every check passes.
/// </summary>
public static class AcceptanceGate
{
    private const int IdsShown = 10;

    /// <summary>Judges a candidate.</summary>
    /// <param name="baseline">The run of what is in use.</param>
    /// <param name="candidate">The candidate's run on the same items.</param>
    /// <param name="faulty">The candidate's runs with a fault injected.</param>
    /// <param name="limits">What it may lose.</param>
    /// <exception cref="EvaluationRefusedException">The runs were not made on the same questions and data under the same conditions.</exception>
    public static IReadOnlyList<AcceptanceCheck> Judge(Run baseline, Run candidate, IReadOnlyList<Run> faulty, AcceptanceLimits limits)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        ArgumentNullException.ThrowIfNull(faulty);
        ArgumentNullException.ThrowIfNull(limits);
        var comparison = RunComparison.Of(baseline, candidate);
        return
        [
            Answered(candidate),
            NotWorse(comparison, limits),
            NotMoreOftenWrong(comparison),
            FloorsBeaten(comparison),
            .. faulty.Select(run => HoldsUnder(run, candidate)),
        ];
    }

    private static AcceptanceCheck Answered(Run candidate)
    {
        var failed = candidate.Results.Count(result => result.Outcome == ItemOutcome.Failed);
        return new AcceptanceCheck("every item was put", failed == 0, $"{failed} of {candidate.Results.Count} failed");
    }

    private static AcceptanceCheck NotWorse(RunComparison comparison, AcceptanceLimits limits) => new(
        "the score is not worse by more than the margin",
        comparison.Score.Lower > -limits.Margin || comparison.Score is { Estimate: 0, Lower: 0, Upper: 0 },
        string.Create(
            CultureInfo.InvariantCulture,
            $"{TextReport.Percent(comparison.First.Score.Estimate)} then {TextReport.Percent(comparison.Second.Score.Estimate)}, difference {comparison.Score.Estimate * 100:+0.0;-0.0;0.0} % (95 % interval {comparison.Score.Lower * 100:+0.0;-0.0;0.0} to {comparison.Score.Upper * 100:+0.0;-0.0;0.0}), margin {limits.Margin * 100:0.0}"));

    /// <summary>A wrong answer that is stated is the one thing that may not become more frequent: neither beyond what the baseline's interval allows nor provably at all.</summary>
    private static AcceptanceCheck NotMoreOftenWrong(RunComparison comparison) => new(
        "not more is stated wrongly",
        comparison.Second.WrongThoughSure.Estimate <= comparison.First.WrongThoughSure.Upper && comparison.WrongThoughSure.Lower <= 0,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{TextReport.Percent(comparison.First.WrongThoughSure.Estimate)} (up to {TextReport.Percent(comparison.First.WrongThoughSure.Upper)}) then {TextReport.Percent(comparison.Second.WrongThoughSure.Estimate)}, rise {comparison.WrongThoughSure.Estimate * 100:+0.0;-0.0;0.0} % (from {comparison.WrongThoughSure.Lower * 100:+0.0;-0.0;0.0})"));

    private static AcceptanceCheck FloorsBeaten(RunComparison comparison)
    {
        var floor = comparison.Second.Floors.MaxBy(floor => floor.Score.Estimate);
        return floor is null
            ? new AcceptanceCheck("the floors are beaten", false, "the suite has no floor, so that its score means nothing")
            : new AcceptanceCheck(
                "the floors are beaten",
                comparison.Second.Score.Lower > floor.Score.Estimate,
                $"at least {TextReport.Percent(comparison.Second.Score.Lower)}, where '{floor.Name}' reaches {TextReport.Percent(floor.Score.Estimate)}");
    }

    /// <summary>
    /// Under a fault an item may be left open or fail. What is stated wrongly without the fault too is not the fault's: it counts in the checks above.
    /// </summary>
    private static AcceptanceCheck HoldsUnder(Run faulty, Run candidate)
    {
        var name = $"nothing is stated wrongly because of the fault {faulty.Manifest.Conditions.Fault}";
        var misfits = RunFit.Misfits(faulty.Manifest, candidate.Manifest).Where(what => what != "fault").ToList();
        if (misfits.Count > 0)
            throw new EvaluationRefusedException($"the run with the fault {faulty.Manifest.Conditions.Fault} does not fit: it differs in {string.Join(", ", misfits)}");

        var sound = candidate.Results.Where(result => result.IsWrongThoughSure).Select(result => result.Id).ToHashSet(StringComparer.Ordinal);
        var wrong = faulty.Results.Where(result => result.IsWrongThoughSure && !sound.Contains(result.Id)).ToList();
        var shown = string.Join(", ", wrong.Take(IdsShown).Select(result => result.Id));
        return new AcceptanceCheck(
            name,
            wrong.Count == 0,
            wrong.Count == 0 ? $"none of {faulty.Results.Count}" : $"{wrong.Count} of {faulty.Results.Count}: {shown}{(wrong.Count > IdsShown ? ", ..." : string.Empty)}");
    }
}
