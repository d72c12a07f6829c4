using System.Numerics;
using System.Runtime.InteropServices;
using MedGemma.Agents.Inference.Chat.Generation;

namespace MedGemma.Agents.Inference.Engine.Sampling;

/// <summary>Finds the near ties of a greedy output, and takes at the places of an earlier run's the token that was taken then. Belongs to one sequence.</summary>
/// <param name="earlier">The near ties of the run that this one repeats; empty for a first run.</param>
/// <param name="margin">Logits closer than this are as good as equal.</param>
internal sealed class NearTies(IReadOnlyList<NearTie> earlier, float margin)
{
    private readonly List<NearTie> _found = [];
    private int _next;

    /// <summary>Those found, in the order of their places.</summary>
    public IReadOnlyList<NearTie> Found => _found;

    /// <summary>Settles a place.</summary>
    /// <param name="best">The allowed token with the largest logit.</param>
    /// <param name="at">The place; places come in order.</param>
    /// <param name="logits">The logits that it was chosen by.</param>
    /// <param name="allows">Whether a token may come next.</param>
    /// <returns>The token to take.</returns>
    public int Settle(int best, int at, ReadOnlySpan<float> logits, Predicate<int> allows)
    {
        while (_next < earlier.Count && earlier[_next].At < at)
            _next++;

        var rivals = Rivals(best, logits, allows);
        if (rivals.Count == 0)
            return best;

        var taken = _next < earlier.Count && earlier[_next].At == at && rivals.Contains(earlier[_next].Token) ? earlier[_next].Token : best;
        var other = float.NegativeInfinity;
        foreach (var token in rivals.Append(best))
        {
            if (token != taken)
                other = Math.Max(other, logits[token]);
        }

        _found.Add(new NearTie(at, taken, logits[taken] - other));
        return taken;
    }

    // What is larger than the best is not allowed, and need not be asked for.
    private List<int> Rivals(int best, ReadOnlySpan<float> logits, Predicate<int> allows)
    {
        var (most, least) = (logits[best], logits[best] - margin);
        var rivals = new List<int>();
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(logits);
        for (var i = 0; i < vectors.Length; i++)
        {
            if (Vector.GreaterThanAny(vectors[i], new Vector<float>(least)))
                Take(logits, i * Vector<float>.Count, (i + 1) * Vector<float>.Count);
        }

        Take(logits, vectors.Length * Vector<float>.Count, logits.Length);
        return rivals;

        void Take(ReadOnlySpan<float> logits, int from, int to)
        {
            for (var token = from; token < to; token++)
            {
                if (token != best && logits[token] > least && logits[token] <= most && allows(token))
                    rivals.Add(token);
            }
        }
    }
}
