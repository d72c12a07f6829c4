using MedGemma.Agents.Inference.Grammars.Gbnf;

namespace MedGemma.Agents.Inference.Grammars.Rules;

/// <summary>What a part of a pattern accepts, as it is written inside of a JSON string.</summary>
/// <param name="Node">The expression.</param>
/// <param name="Shortest">Fewest characters that it takes.</param>
/// <param name="Longest">Most characters, or null when there is no limit.</param>
internal sealed record PatternPiece(GbnfNode Node, int Shortest, int? Longest)
{
    public static PatternPiece Empty { get; } = new(GbnfNode.Empty, 0, 0);

    public static PatternPiece Sequence(IReadOnlyList<PatternPiece> parts) =>
        new(GbnfNode.Sequence([.. parts.Select(part => part.Node)]), parts.Sum(part => part.Shortest), parts.Any(part => part.Longest is null) ? null : parts.Sum(part => part.Longest));

    public static PatternPiece Choice(IReadOnlyList<PatternPiece> options) =>
        new(GbnfNode.Choice([.. options.Select(option => option.Node)]), options.Min(option => option.Shortest), options.Any(option => option.Longest is null) ? null : options.Max(option => option.Longest));
}
