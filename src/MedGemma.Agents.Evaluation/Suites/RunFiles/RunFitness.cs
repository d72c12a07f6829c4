namespace MedGemma.Agents.Evaluation.Suites.RunFiles;

/// <summary>Whether a run can be compared with another, found out before it is made.</summary>
public static class RunFitness
{
    /// <summary>Refuses a run that could not be compared with a baseline.</summary>
    /// <param name="baseline">The baseline.</param>
    /// <param name="candidate">What would be run.</param>
    /// <exception cref="EvaluationRefusedException">It would be on other questions or data, or under other conditions.</exception>
    public static void Demand(Run baseline, RunManifest candidate)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(candidate);
        var misfits = RunFit.Misfits(baseline.Manifest, candidate);
        if (misfits.Count > 0)
            throw new EvaluationRefusedException($"the baseline does not fit what would be run: they differ in {string.Join(", ", misfits)}");
    }
}
