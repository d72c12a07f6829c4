using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Documents;

/// <summary>What could be read of a document.</summary>
/// <param name="Text">The text that was read; null when there is none.</param>
/// <param name="Unread">Why there is none, or why there is more than was read; null when all of it was read.</param>
internal readonly record struct DocumentText(string? Text, UnreadReason? Unread)
{
    public static DocumentText Of(string text) => new(text, null);

    public static DocumentText Not(UnreadReason reason) => new(null, reason);
}
