namespace MedGemma.Agents.Inference.Chat.Generation;

/// <summary>Why a generation ended.</summary>
public enum GenerationEnd
{
    /// <summary>The model ended its turn, or the grammar is at its end.</summary>
    EndOfTurn,

    /// <summary>As many tokens as asked for, or as the context holds.</summary>
    TokenLimit,

    /// <summary>The thinking took more than its budget; there is no answer.</summary>
    ThinkingLimit,

    /// <summary>The deadline has passed.</summary>
    Deadline,

    /// <summary>The grammar is not at its end and allows no token of the vocabulary: the output is not what was asked for, and cannot become it.</summary>
    DeadEnd,
}
