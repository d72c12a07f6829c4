namespace MedGemma.Agents.Records.Concepts;

/// <summary>Searches for a run of words in a sequence of words.</summary>
internal static class TokenRun
{
    /// <summary>Tells whether the words of <paramref name="run"/> stand in <paramref name="tokens"/> one after another.</summary>
    public static bool Contains(ReadOnlySpan<string> tokens, ReadOnlySpan<string> run) => IndexOf(tokens, run) >= 0;

    /// <summary>Index of the first occurrence, or -1.</summary>
    public static int IndexOf(ReadOnlySpan<string> tokens, ReadOnlySpan<string> run)
    {
        for (var start = 0; start + run.Length <= tokens.Length; start++)
        {
            if (tokens.Slice(start, run.Length).SequenceEqual(run))
                return start;
        }

        return -1;
    }
}
