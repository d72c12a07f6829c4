using System.Text.Json;
using System.Text.Json.Serialization;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Answers;

/// <summary>The JSON of claims, their evidence and derivations.</summary>
internal static class ClaimJson
{
    private static readonly JsonSerializerOptions QuoteOptions = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static void Write(Utf8JsonWriter writer, Claim claim)
    {
        writer.WriteStartObject();
        writer.WriteString("text", claim.Text);
        WriteEvidence(writer, "evidence", claim.Evidence);
        if (claim.Derivation is { } derivation)
            WriteDerivation(writer, derivation);
        else
            writer.WriteNull("derivation");

        writer.WriteString("verdict", NameOf(claim.Verdict));
        writer.WriteString("scope", NameOf(claim.Scope));
        writer.WriteBoolean("noteDerived", claim.IsNoteDerived);
        writer.WritePropertyName("quote");
        JsonSerializer.Serialize(writer, claim.Quote, QuoteOptions);
        writer.WriteEndObject();
    }

    private static void WriteDerivation(Utf8JsonWriter writer, Derivation derivation)
    {
        writer.WriteStartObject("derivation");
        writer.WriteString("operation", derivation.Operation);
        WriteEvidence(writer, "inputs", derivation.Inputs);
        writer.WriteStartObject("parameters");
        foreach (var (name, value) in derivation.Parameters.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            writer.WriteString(name, value);

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Writes evidence as an array.</summary>
    public static void WriteEvidence(Utf8JsonWriter writer, string name, IReadOnlyList<Evidence> evidence)
    {
        writer.WriteStartArray(name);
        foreach (var item in evidence)
        {
            writer.WriteStartObject();
            writer.WriteString("reference", item.Resource.ToString());
            writer.WriteString("version", item.Version);
            writer.WriteString("path", item.Path);
            writer.WritePropertyName("value");
            if (item.Value.ValueKind == JsonValueKind.Undefined)
                writer.WriteNullValue();
            else
                item.Value.WriteTo(writer);

            writer.WriteString("unit", item.Unit);
            writer.WriteString("time", item.Time);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string NameOf(ClaimScope scope) => scope switch
    {
        ClaimScope.Record => "record",
        ClaimScope.Supplied => "supplied",
        _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, "Not a scope."),
    };

    private static string NameOf(Verdict verdict) => verdict switch
    {
        Verdict.Supported => "supported",
        Verdict.Refused => "refused",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "Not a verdict."),
    };
}
