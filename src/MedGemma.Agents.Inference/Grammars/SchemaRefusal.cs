namespace MedGemma.Agents.Inference.Grammars;

/// <summary>A keyword of a JSON Schema that no grammar was made for.</summary>
/// <param name="Location">The schema that holds it, as a JSON Pointer in a URI fragment (RFC 6901 section 6): <c>#</c> is the root.</param>
/// <param name="Keyword">The keyword, such as <c>not</c>.</param>
/// <param name="Reason">Why, in words for the schema's author.</param>
public sealed record SchemaRefusal(string Location, string Keyword, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Location}: {Keyword}: {Reason}";
}
