namespace MedGemma.Agents.Inference.OpenAi.Protocol;

/// <summary>The body of <c>GET /v1/models</c>.</summary>
internal sealed record ModelList(string? Object, IReadOnlyList<ModelEntry>? Data);

/// <summary>A model; all after <see cref="OwnedBy"/> are extensions.</summary>
internal sealed record ModelEntry(string? Id, string? Object, long Created, string? OwnedBy)
{
    /// <summary>The owner that our inference process names.</summary>
    public const string Ours = "medgemma";

    public int? ContextLength { get; init; }

    public bool? Images { get; init; }

    public bool? Thinking { get; init; }

    public IReadOnlyList<string>? Adapters { get; init; }
}
