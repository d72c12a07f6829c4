namespace MedGemma.Agents.Inference.Chat.Generation;

/// <summary>
/// A part of a prompt. Control tokens and text are different types, so that no text, whatever it spells, becomes a control token: an engine tokenises
/// <see cref="Text"/> without parsing special tokens.
/// </summary>
public abstract record PromptPart
{
    private PromptPart()
    {
    }

    /// <summary>One control token.</summary>
    /// <param name="Token">Which.</param>
    public sealed record Control(ControlToken Token) : PromptPart;

    /// <summary>Text between two control tokens, to be tokenised as one piece.</summary>
    /// <param name="Value">The text; not empty.</param>
    public sealed record Text(string Value) : PromptPart;

    /// <summary>An image, in place of its soft tokens; start and end of image stand around it as control tokens.</summary>
    /// <param name="Data">The encoded image.</param>
    /// <param name="MediaType">Its media type, such as <c>image/png</c>.</param>
    public sealed record Image(ReadOnlyMemory<byte> Data, string MediaType) : PromptPart;
}
