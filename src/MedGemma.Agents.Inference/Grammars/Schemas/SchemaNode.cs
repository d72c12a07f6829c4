using System.Text.Json;

namespace MedGemma.Agents.Inference.Grammars.Schemas;

/// <summary>One schema of a document, read. What is absent does not constrain.</summary>
internal sealed class SchemaNode
{
    public required int Id { get; init; }

    public required string Pointer { get; init; }

    public required SchemaDocument Document { get; init; }

    public SchemaTypes Types { get; set; } = SchemaTypes.All;

    public OrderedDictionary<string, SchemaNode> Properties { get; } = new(StringComparer.Ordinal);

    public List<string> Required { get; } = [];

    public SchemaNode? AdditionalProperties { get; set; }

    public SchemaNode? Items { get; set; }

    public int MinItems { get; set; }

    public int? MaxItems { get; set; }

    /// <summary>The values of <c>enum</c>, or the one of <c>const</c>.</summary>
    public IReadOnlyList<JsonElement>? Values { get; set; }

    public string? Pattern { get; set; }

    public string? Format { get; set; }

    public int MinLength { get; set; }

    public int? MaxLength { get; set; }

    /// <summary>Lowest integer, both bounds brought to integers and made inclusive.</summary>
    public long? Minimum { get; set; }

    public long? Maximum { get; set; }

    /// <summary>The keyword that bounds numbers, if any.</summary>
    public string? BoundKeyword { get; set; }

    public List<SchemaNode> AllOf { get; } = [];

    public List<SchemaGroup> Groups { get; } = [];

    /// <summary>The canonical pointer that <c>$ref</c> names.</summary>
    public string? Reference { get; set; }
}
