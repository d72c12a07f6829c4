using MedGemma.Agents.Inference.Engine.Prompts;
using MedGemma.Agents.Inference.Llama;
using MedGemma.Agents.Inference.Llama.Interop;

namespace MedGemma.Agents.Inference.Engine.Sampling;

/// <summary>
/// Holds an output to a grammar. Asking for one token costs next to nothing, asking for a vocabulary of 262,144 some 30 ms; so the one that was sampled is
/// asked for, and the others only when it is rejected. Belongs to one sequence.
/// </summary>
/// <param name="grammar">The grammar, at its start.</param>
/// <param name="index">The vocabulary by first characters.</param>
/// <param name="table">What is known of the tokens.</param>
internal sealed class GrammarGate(LlamaGrammar grammar, VocabularyIndex index, TokenTable table) : IDisposable
{
    private const int LikelyTokens = 64;

    private TokenData[] _candidates = [];
    private int _missingBytes;

    /// <summary>Whether a token may come next. The engine would take a control token for the text that spells it; here only those pass that end the output.</summary>
    public bool Allows(int token) => (!table.IsReserved(token) || table.Ends(token)) && grammar.Allows(token);

    /// <summary>The token with the largest logit that may come next; -1 when there is none.</summary>
    public int Best(ReadOnlySpan<float> logits)
    {
        foreach (var token in TopTokens.Of(logits, LikelyTokens))
        {
            if (Allows(token))
                return token;
        }

        var best = -1;
        foreach (var token in Allowed())
        {
            if (!float.IsNegativeInfinity(logits[token]) && (best < 0 || logits[token] > logits[best]))
                best = token;
        }

        return best;
    }

    /// <summary>Makes the logits of all tokens that may not come next negative infinity.</summary>
    public void Mask(Span<float> logits)
    {
        var allowed = Allowed();
        var kept = new float[allowed.Count];
        for (var i = 0; i < kept.Length; i++)
            kept[i] = logits[allowed[i]];

        logits.Fill(float.NegativeInfinity);
        for (var i = 0; i < kept.Length; i++)
            logits[allowed[i]] = kept[i];
    }

    /// <summary>Takes a token that <see cref="Allows"/> has allowed and that is part of the output.</summary>
    public void Accept(int token)
    {
        grammar.Accept(token);
        foreach (var value in table.Piece(token))
        {
            _missingBytes = value switch
            {
                < 0x80 => 0,
                < 0xC0 => Math.Max(0, _missingBytes - 1),
                < 0xE0 => 1,
                < 0xF0 => 2,
                _ => 3,
            };
        }
    }

    public void Dispose() => grammar.Dispose();

    private List<int> Allowed()
    {
        // Within a character the first bytes of a token end it, and are no first character.
        if (_missingBytes > 0)
            return Allowed(index.All);

        var first = Allowed(index.First);
        var followers = new List<int>();
        foreach (var token in first)
            followers.AddRange(index.Followers(token));

        return [.. first, .. Allowed([.. followers])];
    }

    private List<int> Allowed(ReadOnlySpan<int> tokens)
    {
        if (_candidates.Length < tokens.Length)
            _candidates = new TokenData[tokens.Length];

        var candidates = _candidates.AsSpan(0, tokens.Length);
        for (var i = 0; i < tokens.Length; i++)
            candidates[i] = new TokenData { Id = tokens[i] };

        grammar.Mask(candidates);
        var allowed = new List<int>();
        foreach (var candidate in candidates)
        {
            if (!float.IsNegativeInfinity(candidate.Logit))
                allowed.Add(candidate.Id);
        }

        return allowed;
    }
}
