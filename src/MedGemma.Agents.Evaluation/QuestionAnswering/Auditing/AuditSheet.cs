namespace MedGemma.Agents.Evaluation.QuestionAnswering.Auditing;

/// <summary>Keeps count while one answer is audited. Not safe for concurrent use.</summary>
internal sealed class AuditSheet
{
    private readonly List<AuditMismatch> _mismatches = [];
    private int _checked;

    /// <summary>Everything so far.</summary>
    public AuditResult Result => new(_checked, _mismatches);

    /// <summary>Takes note of one check.</summary>
    /// <param name="where">What was checked.</param>
    /// <param name="mismatch">What does not hold, or null when all does.</param>
    public void Check(string where, string? mismatch)
    {
        _checked++;
        if (mismatch is not null)
            _mismatches.Add(new AuditMismatch(where, mismatch));
    }
}
