namespace MedGemma.Agents.Inference.Chat;

/// <summary>What a <see cref="GemmaChatClient"/> takes from outside.</summary>
public sealed record GemmaChatClientOptions
{
    /// <value>The clock. Default: the system's.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <value>Makes identifiers for answers and tool calls. Default: random ones.</value>
    public Func<string> NewId { get; init; } = () => Guid.NewGuid().ToString("N");
}
