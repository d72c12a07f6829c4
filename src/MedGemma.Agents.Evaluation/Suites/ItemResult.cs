namespace MedGemma.Agents.Evaluation.Suites;

/// <summary>One line of a run file: an item and what became of it.</summary>
/// <param name="Id">Identifier of the item.</param>
/// <param name="Patient">Logical id of the patient; null where there is none.</param>
/// <param name="Category">The category it counts in.</param>
/// <param name="Type">The finer type.</param>
/// <param name="Question">What was asked.</param>
/// <param name="Gold">What is right.</param>
/// <param name="Said">What was answered.</param>
/// <param name="Outcome">What the answer is worth.</param>
/// <param name="Problem">Why it is unreadable or failed; null otherwise.</param>
/// <param name="Floors">Names of the floors that would be right.</param>
/// <param name="Evidence">Its evidence beside the gold's; null where the gold names none.</param>
/// <param name="Tokens">Tokens of the model; null when none was called.</param>
/// <param name="LatencyMs">Milliseconds from question to answer.</param>
public sealed record ItemResult(
    string Id,
    string? Patient,
    string Category,
    string Type,
    string Question,
    string Gold,
    string Said,
    ItemOutcome Outcome,
    string? Problem,
    IReadOnlyList<string> Floors,
    EvidenceCount? Evidence,
    TokenCount? Tokens,
    double LatencyMs)
{
    /// <summary>What answers are drawn together in intervals: those about one patient, or the item alone.</summary>
    internal string Cluster => Patient ?? Id;

    /// <summary>Whether it is right.</summary>
    internal bool IsRight => Outcome == ItemOutcome.Right;

    /// <summary>Whether something wrong was stated.</summary>
    internal bool IsWrongThoughSure => Outcome == ItemOutcome.Wrong;

    /// <summary>The line of an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="answer">What was answered.</param>
    /// <param name="tokens">What the model read and wrote; null when none was called.</param>
    public static ItemResult Of(SuiteItem item, ItemAnswer answer, TokenCount? tokens)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(answer);
        return new ItemResult(
            item.Id, item.Patient, item.Category, item.Type, item.Question, item.Gold, answer.Said, answer.Outcome, answer.Problem, item.Floors,
            answer.Evidence, tokens, Math.Round(answer.Elapsed.TotalMilliseconds, 3));
    }
}
