namespace MedGemma.Agents.Inference.Chat.Streaming;

/// <summary>How much of a text's end may be the beginning of something looked for.</summary>
internal static class PartialMatch
{
    /// <summary>Length of the longest end of <paramref name="text"/> that is a beginning, but not all, of <paramref name="sought"/>.</summary>
    public static int Length(string text, string sought)
    {
        for (var length = Math.Min(text.Length, sought.Length - 1); length > 0; length--)
        {
            if (text.AsSpan(text.Length - length).SequenceEqual(sought.AsSpan(0, length)))
                return length;
        }

        return 0;
    }
}
