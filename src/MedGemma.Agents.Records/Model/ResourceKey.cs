namespace MedGemma.Agents.Records.Model;

/// <summary>Type and logical id of a resource, written <c>Type/id</c>.</summary>
/// <param name="Type">FHIR R4 resource type name, for example <c>Observation</c>.</param>
/// <param name="Id">Logical id (<see href="https://hl7.org/fhir/R4/datatypes.html#id"/>), as received.</param>
public readonly record struct ResourceKey(string Type, string Id)
{
    /// <summary>The relative reference <c>Type/id</c>.</summary>
    public override string ToString() => $"{Type}/{Id}";

    /// <summary>Reads <c>Type/id</c>, also with a version suffix or behind an absolute base URL.</summary>
    /// <param name="reference">A relative or absolute FHIR reference.</param>
    /// <param name="key">The key, when the reference names a type and an id.</param>
    /// <returns>False for fragments, <c>urn:</c> references, paths with more segments and anything that names no type.</returns>
    public static bool TryParse(string? reference, out ResourceKey key)
    {
        key = default;
        if (string.IsNullOrEmpty(reference) || reference[0] == '#' || reference.StartsWith("urn:", StringComparison.Ordinal))
            return false;

        var history = reference.IndexOf("/_history/", StringComparison.Ordinal);
        var path = history < 0 ? reference.AsSpan() : reference.AsSpan(0, history);
        var slash = path.LastIndexOf('/');
        if (slash <= 0 || slash == path.Length - 1)
            return false;

        var type = path[..slash];
        var before = type.LastIndexOf('/');
        if (before >= 0 && !AbsoluteReference.Is(reference))
            return false;

        type = type[(before + 1)..];
        if (type.IsEmpty || !char.IsAsciiLetterUpper(type[0]))
            return false;

        key = new ResourceKey(string.Intern(type.ToString()), path[(slash + 1)..].ToString());
        return true;
    }
}
