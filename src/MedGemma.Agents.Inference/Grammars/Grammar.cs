namespace MedGemma.Agents.Inference.Grammars;

/// <summary>
/// A grammar in llama.cpp's GBNF notation (https://github.com/ggml-org/llama.cpp/blob/master/grammars/README.md), starting at the rule <c>root</c>.
/// Immutable; equal text is an equal grammar, so that the text serves as a cache key.
/// </summary>
/// <param name="Gbnf">The rules, one a line.</param>
public sealed record Grammar(string Gbnf)
{
    /// <inheritdoc/>
    public override string ToString() => Gbnf;
}
