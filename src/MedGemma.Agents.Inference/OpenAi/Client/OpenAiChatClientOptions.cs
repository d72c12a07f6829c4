namespace MedGemma.Agents.Inference.OpenAi.Client;

/// <summary>How a server is spoken to.</summary>
public sealed record OpenAiChatClientOptions
{
    /// <value>
    /// True for our own inference process: grammars, adapters, hints and deadlines are sent, and thoughts come apart from text. False for other servers: hints are left
    /// out, what would change the answer is refused, and thought markers are looked for in the text. Default: false.
    /// </value>
    public bool SpeaksExtensions { get; init; }

    /// <value>How long to wait when a busy server does not say. Default: 2 seconds.</value>
    public TimeSpan DefaultRetryAfter { get; init; } = TimeSpan.FromSeconds(2);
}
