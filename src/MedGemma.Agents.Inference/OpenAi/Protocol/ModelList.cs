using System.Text.Json.Serialization;

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

    public IReadOnlyList<FileEntry>? Files { get; init; }
}

/// <summary>A file of a model: <c>weights</c>, <c>vision</c> or <c>adapter</c>, and hashes in hexadecimal digits; <c>sha256</c> is null, and not absent, as long as it is not known.</summary>
internal sealed record FileEntry(string? Kind, string? Name, long Bytes, string? Head, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Sha256, string? Adapter);
