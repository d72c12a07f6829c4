using System.Runtime.InteropServices;
using MedGemma.Agents.Inference.Llama.Interop;

namespace MedGemma.Agents.Inference.Llama;

/// <summary>A grammar and how far an output has come in it. Not safe for concurrent calls.</summary>
public sealed unsafe class LlamaGrammar : SafeHandle
{
    private readonly LlamaVocabulary _vocabulary;

    private LlamaGrammar(LlamaVocabulary vocabulary, nint handle)
        : base(0, ownsHandle: true)
    {
        SetHandle(handle);
        _vocabulary = vocabulary;
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Reads a grammar in GBNF whose start is the rule <c>root</c>; null when it is none.</summary>
    public static LlamaGrammar? Parse(LlamaVocabulary vocabulary, string gbnf)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentException.ThrowIfNullOrEmpty(gbnf);
        var handle = SamplerApi.CreateGrammar(vocabulary.Handle, gbnf, "root");
        return handle == 0 ? null : new LlamaGrammar(vocabulary, handle);
    }

    /// <summary>The same grammar, as far on as this one.</summary>
    public LlamaGrammar Copy() => new(_vocabulary, SamplerApi.Clone(this));

    /// <summary>Whether the token may come next.</summary>
    public bool Allows(int token)
    {
        var candidate = new TokenData { Id = token };
        Mask(new Span<TokenData>(ref candidate));
        return !float.IsNegativeInfinity(candidate.Logit);
    }

    /// <summary>Takes the next token, which <see cref="Allows"/> has allowed and which does not end the output: the engine ends the process otherwise.</summary>
    public void Accept(int token)
    {
        if (_vocabulary.EndsGeneration(token))
            throw new ArgumentException("A token that ends the output is not part of it.", nameof(token));

        SamplerApi.Accept(this, token);
    }

    /// <summary>Makes the logit of every candidate that may not come next negative infinity.</summary>
    internal void Mask(Span<TokenData> candidates)
    {
        fixed (TokenData* data = candidates)
        {
            var array = new TokenDataArray { Data = data, Size = (nuint)candidates.Length, Selected = -1 };
            SamplerApi.Apply(this, &array);
        }
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        SamplerApi.Free(handle);
        return true;
    }
}
