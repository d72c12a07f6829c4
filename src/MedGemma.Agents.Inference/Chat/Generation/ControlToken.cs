namespace MedGemma.Agents.Inference.Chat.Generation;

/// <summary>The control tokens of Gemma 3 that a chat uses. A member's value is the token's number in Gemma 3's vocabulary.</summary>
public enum ControlToken
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>Ends a document.</summary>
    EndOfSequence = 1,

    /// <summary>Starts every prompt.</summary>
    BeginOfSequence = 2,

    /// <summary>Starts the thinking of MedGemma.</summary>
    StartOfThought = 100,

    /// <summary>Ends the thinking of MedGemma.</summary>
    EndOfThought = 101,

    /// <summary>Starts a turn.</summary>
    StartOfTurn = 105,

    /// <summary>Ends a turn.</summary>
    EndOfTurn = 106,

    /// <summary>Stands before an image.</summary>
    StartOfImage = 255_999,

    /// <summary>Stands after an image.</summary>
    EndOfImage = 256_000,
}
