using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace MedGemma.Agents.Inference.Engine.Sampling;

/// <summary>
/// Chooses a token of logits: penalties, then the most likely one, or temperature, top-k, top-p, min-p and a random choice, in this order. Belongs to one
/// sequence. The same seed and the same logits give the same tokens.
/// </summary>
internal sealed class TokenSampler
{
    private readonly Chat.Generation.Sampling _sampling;
    private readonly Random _random;
    private readonly Dictionary<int, int> _counts = [];
    private float[] _probabilities = [];

    public TokenSampler(Chat.Generation.Sampling sampling, long seed)
    {
        _sampling = sampling;
#pragma warning disable CA5394 // Sampling needs a reproducible sequence, not a secret one.
        _random = new Random(unchecked((int)(seed ^ (seed >> 32))));
#pragma warning restore CA5394
    }

    /// <summary>Whether the most likely token is always chosen.</summary>
    public bool IsGreedy => _sampling.Temperature <= 0;

    /// <summary>Takes penalties off the logits of tokens written before.</summary>
    public void Penalise(Span<float> logits)
    {
        foreach (var (token, count) in _counts)
            logits[token] -= (_sampling.FrequencyPenalty * count) + _sampling.PresencePenalty;
    }

    /// <summary>Chooses a token; -1 when every logit is negative infinity.</summary>
    public int Pick(ReadOnlySpan<float> logits)
    {
        var best = TensorPrimitives.IndexOfMax(logits);
        if (float.IsNegativeInfinity(logits[best]))
            return -1;

        return IsGreedy ? best : Draw(logits, logits[best]);
    }

    /// <summary>Takes note of a token that was written.</summary>
    public void Accept(int token)
    {
        if (_sampling is not { FrequencyPenalty: 0, PresencePenalty: 0 })
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, token, out _)++;
    }

    private int Draw(ReadOnlySpan<float> logits, float largest)
    {
        if (_probabilities.Length != logits.Length)
            _probabilities = new float[logits.Length];

        // Relative to the most likely token, whose value becomes 1.
        var values = _probabilities.AsSpan();
        TensorPrimitives.Subtract(logits, largest, values);
        TensorPrimitives.Multiply(values, 1 / _sampling.Temperature, values);
        TensorPrimitives.Exp(values, values);

        if (_sampling.TopK is { } most && most < values.Length)
            return DrawOf(Nucleus(TopTokens.Of(logits, most), values));
        if (_sampling.TopP < 1)
            return DrawOf(Nucleus(Candidates(values), values));

        return DrawOf(values);
    }

    // Tokens that are all together less likely than what top-p leaves out cannot be in it.
    private List<int> Candidates(ReadOnlySpan<float> values)
    {
        var threshold = (1 - _sampling.TopP) * TensorPrimitives.Sum(values) / values.Length;
        var tokens = new List<int>();
        for (var token = 0; token < values.Length; token++)
        {
            if (values[token] >= threshold)
                tokens.Add(token);
        }

        var sorted = _probabilities;
        tokens.Sort((left, right) => sorted[left] != sorted[right] ? sorted[right].CompareTo(sorted[left]) : left.CompareTo(right));
        return tokens;
    }

    private List<int> Nucleus(List<int> tokens, ReadOnlySpan<float> values)
    {
        if (_sampling.TopP >= 1)
            return tokens;

        var all = 0.0;
        if (_sampling.TopK is null)
        {
            all = TensorPrimitives.Sum(values);
        }
        else
        {
            foreach (var token in tokens)
                all += values[token];
        }

        var sum = 0.0;
        var kept = 0;
        while (kept < tokens.Count && sum < _sampling.TopP * all)
            sum += values[tokens[kept++]];

        tokens.RemoveRange(Math.Max(kept, 1), tokens.Count - Math.Max(kept, 1));
        return tokens;
    }

    private int DrawOf(List<int> tokens)
    {
        tokens.RemoveAll(token => _probabilities[token] < _sampling.MinP);
        var sum = tokens.Sum(token => (double)_probabilities[token]);
        var left = Next() * sum;
        foreach (var token in tokens)
        {
            left -= _probabilities[token];
            if (left < 0)
                return token;
        }

        return tokens[^1];
    }

    private int DrawOf(Span<float> values)
    {
        if (_sampling.MinP > 0)
        {
            for (var token = 0; token < values.Length; token++)
                values[token] = values[token] < _sampling.MinP ? 0 : values[token];
        }

        var sum = 0.0;
        foreach (var value in values)
            sum += value;

        var left = Next() * sum;
        var last = 0;
        for (var token = 0; token < values.Length; token++)
        {
            if (values[token] == 0)
                continue;

            left -= values[token];
            last = token;
            if (left < 0)
                break;
        }

        return last;
    }

#pragma warning disable CA5394 // Sampling needs a reproducible sequence, not a secret one.
    private double Next() => _random.NextDouble();
#pragma warning restore CA5394
}
