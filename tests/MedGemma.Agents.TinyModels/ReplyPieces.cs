using MedGemma.Agents.Inference.Chat.Generation;

namespace MedGemma.Agents.TinyModels;

/// <summary>Cuts a reply into pieces that are all different, so that each has one successor.</summary>
internal static class ReplyPieces
{
    private const int Length = 6;

    /// <summary>The pieces in order; control tokens are pieces of their own.</summary>
    /// <exception cref="ArgumentException">A control token is spelled twice.</exception>
    public static IReadOnlyList<string> Of(string reply)
    {
        var pieces = new List<string>();
        var start = 0;
        while (start < reply.Length)
        {
            var control = ControlTokens.Spellings.Values.FirstOrDefault(spelling => string.CompareOrdinal(reply, start, spelling, 0, spelling.Length) == 0);
            if (control is not null)
            {
                if (pieces.Contains(control))
                    throw new ArgumentException($"{control} is in the reply twice.", nameof(reply));
                pieces.Add(control);
                start += control.Length;
                continue;
            }

            start = Text(reply, start, NextControl(reply, start), pieces);
        }

        return pieces;
    }

    private static int Text(string reply, int start, int stop, List<string> pieces)
    {
        var end = Math.Min(start + Length, stop);
        while (end < stop && (pieces.Contains(reply[start..end]) || char.IsHighSurrogate(reply[end - 1])))
            end++;
        if (pieces.Contains(reply[start..end]))
        {
            // What is left has been said before: it becomes one piece with what stands before it.
            start -= pieces[^1].Length;
            pieces.RemoveAt(pieces.Count - 1);
        }

        pieces.Add(reply[start..end]);
        return end;
    }

    private static int NextControl(string reply, int start) =>
        ControlTokens.Spellings.Values.Select(spelling => reply.IndexOf(spelling, start, StringComparison.Ordinal)).Where(index => index >= 0).DefaultIfEmpty(reply.Length).Min();
}
