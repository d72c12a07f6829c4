using System.Collections.Frozen;

namespace MedGemma.Agents.Inference.Chat.Generation;

/// <summary>How vocabularies spell the control tokens, for engines that look them up by name.</summary>
public static class ControlTokens
{
    /// <summary>Every control token with its spelling.</summary>
    public static FrozenDictionary<ControlToken, string> Spellings { get; } = new Dictionary<ControlToken, string>
    {
        [ControlToken.BeginOfSequence] = "<bos>",
        [ControlToken.EndOfSequence] = "<eos>",
        [ControlToken.StartOfTurn] = "<start_of_turn>",
        [ControlToken.EndOfTurn] = "<end_of_turn>",
        [ControlToken.StartOfImage] = "<start_of_image>",
        [ControlToken.EndOfImage] = "<end_of_image>",
        [ControlToken.StartOfThought] = "<unused94>",
        [ControlToken.EndOfThought] = "<unused95>",
    }.ToFrozenDictionary();
}
