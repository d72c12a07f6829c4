namespace MedGemma.Agents.Evaluation.Suites;

/// <summary>What was answered to one item, and what it is worth.</summary>
/// <param name="Outcome">What it is worth.</param>
/// <param name="Said">The answer in one line.</param>
/// <param name="Problem">Why it is unreadable or failed, without patient data; null otherwise.</param>
/// <param name="Evidence">Its evidence beside the gold's; null where the gold names none.</param>
/// <param name="Elapsed">From question to answer, the reading of the record left out.</param>
public sealed record ItemAnswer(ItemOutcome Outcome, string Said, string? Problem, EvidenceCount? Evidence, TimeSpan Elapsed)
{
    /// <summary>The answer of something that broke.</summary>
    /// <param name="problem">What broke, without patient data.</param>
    public static ItemAnswer Failure(string problem) => new(ItemOutcome.Failed, "-", problem, null, TimeSpan.Zero);
}
