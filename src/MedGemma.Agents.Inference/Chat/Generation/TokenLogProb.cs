namespace MedGemma.Agents.Inference.Chat.Generation;

/// <summary>How likely a token was, before sampling changed anything.</summary>
/// <param name="Utf8">The token's bytes.</param>
/// <param name="LogProb">Natural logarithm of its probability.</param>
/// <param name="Alternatives">The most likely tokens at its place, best first; their own alternatives are empty.</param>
public sealed record TokenLogProb(ReadOnlyMemory<byte> Utf8, double LogProb, IReadOnlyList<TokenLogProb> Alternatives);
