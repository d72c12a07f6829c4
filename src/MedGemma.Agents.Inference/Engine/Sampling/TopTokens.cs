using System.Numerics;
using System.Runtime.InteropServices;

namespace MedGemma.Agents.Inference.Engine.Sampling;

/// <summary>Finds the largest of many logits.</summary>
internal static class TopTokens
{
    /// <summary>The <paramref name="count"/> tokens with the largest logits, largest first, the lower number first where they are equal; without negative infinities.</summary>
    public static List<int> Of(ReadOnlySpan<float> logits, int count)
    {
        // The smallest of those kept is on top, of equal ones that with the highest number.
        var kept = new PriorityQueue<int, (float Logit, int Token)>(count + 1);
        var least = float.NegativeInfinity;
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(logits);
        for (var i = 0; i < vectors.Length; i++)
        {
            if (Vector.GreaterThanAny(vectors[i], new Vector<float>(least)))
                least = Take(logits, i * Vector<float>.Count, (i + 1) * Vector<float>.Count, count, kept, least);
        }

        _ = Take(logits, vectors.Length * Vector<float>.Count, logits.Length, count, kept, least);
        var tokens = new List<int>(kept.Count);
        while (kept.TryDequeue(out var token, out _))
            tokens.Add(token);

        tokens.Reverse();
        return tokens;
    }

    private static float Take(ReadOnlySpan<float> logits, int from, int to, int count, PriorityQueue<int, (float, int)> kept, float least)
    {
        for (var token = from; token < to; token++)
        {
            if (!(logits[token] > least))
                continue;

            kept.Enqueue(token, (logits[token], -token));
            if (kept.Count > count)
                kept.Dequeue();
            if (kept.Count == count)
                least = logits[kept.Peek()];
        }

        return least;
    }
}
