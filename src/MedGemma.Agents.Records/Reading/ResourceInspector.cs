using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Unicode;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Records.Reading;

/// <summary>Checks one resource's structure and takes from it what a store must know: key, version, subject.</summary>
internal static class ResourceInspector
{
    /// <summary>Nesting that every later reader of the bytes accepts too: the default of System.Text.Json.</summary>
    public const int MaxDepth = 64;

    private const int LongestId = 128;

    /// <summary>A property twice could show one subject to this reader and another to the next.</summary>
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <summary>Resources that carry facts of no single patient, and so may stand beside any patient's record when it references them.</summary>
    private static readonly FrozenSet<string> SupportingTypes = FrozenSet.ToFrozenSet(
    [
        "Binary", "BiologicallyDerivedProduct", "Device", "DeviceDefinition", "DeviceMetric", "Endpoint", "HealthcareService", "InsurancePlan", "Location",
        "Medication", "MedicationKnowledge", "ObservationDefinition", "Organization", "OrganizationAffiliation", "Practitioner", "PractitionerRole",
        "Questionnaire", "ResearchStudy", "SpecimenDefinition", "Substance", "ActivityDefinition", "PlanDefinition", "Schedule", "Slot",
    ], StringComparer.Ordinal);

    /// <summary>The resource's declared type, or null when the bytes are not a JSON object that says one.</summary>
    public static string? TypeOf(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isType = reader.ValueTextEquals("resourceType"u8);
                reader.Read();
                if (isType)
                    return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                reader.Skip();
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }

        return null;
    }

    public static ReadItem Inspect(ReadPosition position, ReadOnlyMemory<byte> json, string? fullUrl)
    {
        if (!IsText(json.Span))
            return new ReadProblem(position, "holds text that is not valid Unicode", KnownType(TypeOf(json.Span)));

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json, Strict);
        }
        catch (JsonException exception)
        {
            return new ReadProblem(position, ReasonOf(exception, json.Span), KnownType(TypeOf(json.Span)));
        }

        using (document)
            return Inspect(position, json, fullUrl, document.RootElement);
    }

    private static ReadItem Inspect(ReadPosition position, ReadOnlyMemory<byte> json, string? fullUrl, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return new ReadProblem(position, "is JSON, but not an object, so no FHIR resource");

        if (Text(root, "resourceType") is not { } type)
            return new ReadProblem(position, "is JSON, but has no resourceType, so no FHIR resource");

        if (!ResourceTypes.All.Contains(type))
            return new ReadProblem(position, "has a resourceType that FHIR R4 does not know", "");

        if ((Text(root, "id") ?? IdOf(fullUrl, type)) is not { } id)
            return new ReadProblem(position, $"has no id (type {type})", type);

        if (!IsUsable(id))
            return new ReadProblem(position, $"has an id that is empty, too long or has characters that a reference cannot hold (type {type})", type);

        // A reference to that fullUrl would be followed to this resource, and so into another patient's record.
        if (ResourceKey.TryParse(fullUrl, out var named) && ResourceTypes.All.Contains(named.Type) && named != new ResourceKey(type, id))
            return new ReadProblem(position, $"has a fullUrl that names another resource (type {type})", type);

        var meta = root.TryGetProperty("meta", out var found) && found.ValueKind == JsonValueKind.Object ? found : default;
        var version = Text(meta, "versionId") is { Length: > 0 } versionId ? versionId : CanonicalContent.Hash(root);
        DateTimeOffset? lastUpdated =
            meta.ValueKind == JsonValueKind.Object && meta.TryGetProperty("lastUpdated", out var updated) && updated.ValueKind == JsonValueKind.String
            && updated.TryGetDateTimeOffset(out var moment) ? moment : null;
        var resource = new RawResource(new ResourceKey(string.Intern(type), id), version, json, fullUrl, lastUpdated);
        return new ReadResource(position, resource, SubjectOf(root, type, id));
    }

    private static ResourceSubject SubjectOf(JsonElement root, string type, string id)
    {
        if (type == "Patient")
            return new ResourceSubject(SubjectKind.Reference, "Patient/" + id);

        if (type == "Binary" && root.TryGetProperty("securityContext", out var context) && Text(context, "reference") is { } owner)
            return new ResourceSubject(SubjectKind.Reference, owner);

        if (SubjectReference.FindAll(root) is { Count: > 0 } references)
            return new ResourceSubject(SubjectKind.Reference, string.Join(' ', references));

        if (SupportingTypes.Contains(type))
            return new ResourceSubject(SubjectKind.Supporting, null);

        return new ResourceSubject(SubjectReference.ElementOf(type) is null ? SubjectKind.Shared : SubjectKind.Missing, null);
    }

    /// <summary>The id that a bundle gives to a resource without one: a POST of a transaction names it only by its fullUrl.</summary>
    private static string? IdOf(string? fullUrl, string type)
    {
        const string Uuid = "urn:uuid:";
        if (fullUrl is null)
            return null;

        if (fullUrl.StartsWith(Uuid, StringComparison.Ordinal))
            return fullUrl[Uuid.Length..];

        return ResourceKey.TryParse(fullUrl, out var key) && key.Type == type ? key.Id : null;
    }

    /// <summary>Wider than the FHIR pattern, since servers exist that use underscores; narrow enough to stand in a reference.</summary>
    private static bool IsUsable(string id)
    {
        if (id.Length is 0 or > LongestId)
            return false;

        foreach (var character in id)
        {
            if (character <= ' ' || character == 0x7F || character is '/' or '?' or '#' or '|')
                return false;
        }

        return true;
    }

    /// <summary>Whether every string can be read: System.Text.Json accepts other bytes and lone surrogates, and throws only when such a string is asked for.</summary>
    private static bool IsText(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
            return false;

        if (json.IndexOf("\\ud"u8) < 0 && json.IndexOf("\\uD"u8) < 0)
            return true;

        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                    _ = reader.GetString();
            }
        }
        catch (InvalidOperationException)
        {
            return false;
        }
        catch (JsonException)
        {
            // That it is no JSON is found, and said better, by the parser.
            return true;
        }

        return true;
    }

    private static string? KnownType(string? type) => type is not null && ResourceTypes.All.Contains(type) ? type : null;

    /// <summary>The exception's own words quote the input, so they are not passed on.</summary>
    private static string ReasonOf(JsonException exception, ReadOnlySpan<byte> json)
    {
        if (IsDeeperThanAllowed(json))
            return $"is nested deeper than {MaxDepth} levels";

        return exception.BytePositionInLine is { } column && exception.LineNumber is { } line
            ? $"is not valid JSON (line {line + 1}, byte {column + 1} of it)"
            : "is not valid JSON, or has a property twice";
    }

    private static bool IsDeeperThanAllowed(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth >= MaxDepth)
                    return true;
            }
        }
        catch (JsonException)
        {
            return false;
        }

        return false;
    }

    private static string? Text(JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
