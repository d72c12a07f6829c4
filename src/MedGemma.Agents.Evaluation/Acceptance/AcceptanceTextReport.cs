namespace MedGemma.Agents.Evaluation.Acceptance;

/// <summary>Writes what a candidate was judged on.</summary>
public static class AcceptanceTextReport
{
    /// <summary>Writes the checks and the verdict.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="checks">The checks.</param>
    /// <returns>Whether every check passed.</returns>
    public static bool Write(TextWriter output, IReadOnlyList<AcceptanceCheck> checks)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(checks);
        output.WriteLine();
        foreach (var check in checks)
            output.WriteLine($"{(check.Passed ? "passed" : "FAILED")}  {check.Name}: {check.Finding}");

        var accepted = checks.Count > 0 && checks.All(check => check.Passed);
        output.WriteLine(accepted ? "accepted" : "not accepted");
        return accepted;
    }
}
