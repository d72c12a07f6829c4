namespace MedGemma.Agents.Evaluation.QuestionAnswering;

/// <summary>What became of an evaluation run, for an exit code; the figures are in its reports.</summary>
/// <param name="Asked">Questions put.</param>
/// <param name="MalformedLines">Question lines that could not be read and were left out.</param>
/// <param name="RecordProblems">Questions that could not be put because their record could not be had.</param>
/// <param name="AuditMismatches">Values, evidence and derivations that the audit could not confirm; 0 when none was asked for.</param>
public sealed record EvaluationOutcome(int Asked, int MalformedLines, int RecordProblems, int AuditMismatches)
{
    /// <summary>True when every line was read, every record was there and no audited value was in doubt.</summary>
    public bool IsClean => MalformedLines == 0 && RecordProblems == 0 && AuditMismatches == 0;
}
