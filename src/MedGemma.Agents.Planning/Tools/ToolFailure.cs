namespace MedGemma.Agents.Planning.Tools;

/// <summary>Why a tool did nothing.</summary>
/// <param name="Kind">What was wrong.</param>
/// <param name="Message">What is wrong and what to do about it; written by the program, never an exception's words.</param>
/// <param name="Suggestions">What could be asked instead: names of the record, cleaned and bounded.</param>
public sealed record ToolFailure(ToolFailureKind Kind, string Message, IReadOnlyList<string> Suggestions)
{
    /// <summary>A failure without suggestions.</summary>
    /// <param name="kind">What was wrong.</param>
    /// <param name="message">What to do about it.</param>
    public static ToolFailure Of(ToolFailureKind kind, string message) => new(kind, message, []);
}
