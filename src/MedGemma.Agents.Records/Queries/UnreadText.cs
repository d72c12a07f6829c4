using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Queries;

/// <summary>A text of the record that could not be read, wholly or in part: what it says is not known, so that nothing may be said to be absent for want of it.</summary>
/// <param name="Resource">The resource that holds or refers to it.</param>
/// <param name="Version">That resource's version.</param>
/// <param name="Path">FHIRPath of the attachment, relative to the resource.</param>
/// <param name="Reason">Why.</param>
public sealed record UnreadText(ResourceKey Resource, string Version, string Path, UnreadReason Reason)
{
    /// <summary>Says of texts, in one sentence without a word of theirs, that they were not read and why.</summary>
    /// <param name="unread">At least one.</param>
    public static string Say(IReadOnlyCollection<UnreadText> unread)
    {
        ArgumentNullException.ThrowIfNull(unread);
        var reasons = unread.GroupBy(text => text.Reason).OrderBy(group => group.Key).Select(group => $"{group.Count()} {Words(group.Key)}");
        return $"{unread.Count} {(unread.Count == 1 ? "document" : "documents")} could not be read, or not all of it ({string.Join(", ", reasons)}); what is written there is not known.";
    }

    private static string Words(UnreadReason reason) => reason switch
    {
        UnreadReason.UnknownFormat => "in a format that is not read here",
        UnreadReason.NotText => "a picture, sound or film",
        UnreadReason.NoText => "with pages that hold no text, such as scans",
        UnreadReason.NotSupplied => "not supplied",
        UnreadReason.Damaged => "damaged",
        UnreadReason.Encrypted => "locked by a password",
        UnreadReason.TooLarge => "too large",
        UnreadReason.UnknownCharset => "in a character set that is not known",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Not a reason for a text not to be read."),
    };
}
