namespace MedGemma.Agents.Inference.Grammars.Schemas;

/// <summary>What the schemas of a conjunction say together about the members of an object.</summary>
internal static class SchemaMembers
{
    /// <summary>The names that the schemas mention: declared ones in their order, then required ones.</summary>
    public static IReadOnlyList<string> Names(SchemaConjunction schemas) =>
        [.. schemas.Nodes.SelectMany(node => node.Properties.Keys).Concat(schemas.Nodes.SelectMany(node => node.Required)).Distinct(StringComparer.Ordinal)];

    /// <summary>The schemas that a member of this name must satisfy; none when it is free.</summary>
    public static IReadOnlyList<SchemaNode> Named(SchemaConjunction schemas, string name) =>
        [.. schemas.Nodes.Select(node => node.Properties.GetValueOrDefault(name) ?? node.AdditionalProperties).OfType<SchemaNode>()];

    /// <summary>The schemas that a member of any other name must satisfy, or null when none says that there may be one.</summary>
    public static IReadOnlyList<SchemaNode>? Additional(SchemaConjunction schemas) =>
        schemas.Nodes.Select(node => node.AdditionalProperties).OfType<SchemaNode>().ToList() is { Count: > 0 } additional ? additional : null;
}
