using MedGemma.Agents.Planning.Writing;

namespace MedGemma.Agents.Planning.Prompts;

/// <summary>Names of a record in a prompt, where they stand between quotation marks.</summary>
internal static class PromptText
{
    /// <summary>Most characters of a name.</summary>
    public const int LongestName = 80;

    /// <summary>A name or code of the record, on one line, bounded, without what a tokenizer could take for a control token.</summary>
    /// <param name="text">As recorded, or null.</param>
    /// <param name="longest">Most characters.</param>
    public static string Name(string? text, int longest = LongestName) => DisplayText.Bound(text, longest).Replace('"', '\'');
}
