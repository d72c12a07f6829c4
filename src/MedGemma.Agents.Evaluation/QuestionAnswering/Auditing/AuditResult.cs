namespace MedGemma.Agents.Evaluation.QuestionAnswering.Auditing;

/// <summary>What an audit of evidence found.</summary>
/// <param name="Checked">Things checked: values, pieces of evidence, derivations.</param>
/// <param name="Mismatches">Those that do not hold.</param>
internal sealed record AuditResult(int Checked, IReadOnlyList<AuditMismatch> Mismatches)
{
    /// <summary>All results together.</summary>
    /// <param name="results">Results; null where no audit was made.</param>
    /// <returns>Null when no audit was made at all.</returns>
    public static AuditResult? Sum(IEnumerable<AuditResult?> results)
    {
        var made = results.OfType<AuditResult>().ToList();
        return made.Count == 0
            ? null
            : new AuditResult(made.Sum(result => result.Checked), [.. made.SelectMany(result => result.Mismatches)]);
    }
}
