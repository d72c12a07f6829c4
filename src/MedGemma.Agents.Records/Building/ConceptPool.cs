using System.Runtime.InteropServices;
using System.Text.Json;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Building;

/// <summary>
/// Reads CodeableConcepts and strings, each distinct one once: a record repeats few codes many times, so the bytes are looked up before anything is decoded.
/// For one build at a time.
/// </summary>
internal sealed class ConceptPool
{
    private readonly Dictionary<int, List<Entry>> _concepts = [];
    private readonly Dictionary<int, List<(JsonElement Json, string Text)>> _texts = [];

    /// <summary>A CodeableConcept, or a bare Coding or string, as codings and text; the same array for the same bytes.</summary>
    public (Coding[] Codings, string? Text) Read(JsonElement concept)
    {
        if (concept.ValueKind is not (JsonValueKind.Object or JsonValueKind.String))
            return ([], null);

        var bytes = JsonMarshal.GetRawUtf8Value(concept);
        var hash = Hash(bytes);
        if (_concepts.TryGetValue(hash, out var entries))
        {
            foreach (var entry in entries)
            {
                if (JsonMarshal.GetRawUtf8Value(entry.Json).SequenceEqual(bytes))
                    return (entry.Codings, entry.Text);
            }
        }
        else
        {
            _concepts[hash] = entries = [];
        }

        var (codings, text) = Decode(concept);
        entries.Add(new Entry(concept, codings, text));
        return (codings, text);
    }

    /// <summary>All codings of a CodeableConcept, a Coding, or a list of either; the same array for the same bytes.</summary>
    public Coding[] ReadAll(JsonElement concepts)
    {
        if (concepts.ValueKind != JsonValueKind.Array)
            return Read(concepts).Codings;

        var length = concepts.GetArrayLength();
        if (length == 1)
            return Read(concepts[0]).Codings;

        var all = new List<Coding>(length);
        foreach (var concept in concepts.EnumerateArray())
            all.AddRange(Read(concept).Codings);

        return [.. all];
    }

    /// <summary>A string element's text, shared between equal ones; null for anything else.</summary>
    public string? Text(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
            return null;

        var bytes = JsonMarshal.GetRawUtf8Value(element);
        var hash = Hash(bytes);
        if (_texts.TryGetValue(hash, out var entries))
        {
            foreach (var (json, known) in entries)
            {
                if (JsonMarshal.GetRawUtf8Value(json).SequenceEqual(bytes))
                    return known;
            }
        }
        else
        {
            _texts[hash] = entries = [];
        }

        var text = element.GetString()!;
        entries.Add((element, text));
        return text;
    }

    private (Coding[] Codings, string? Text) Decode(JsonElement concept)
    {
        if (concept.ValueKind == JsonValueKind.String)
            return ([], Text(concept));

        string? text = null;
        List<Coding>? codings = null;
        Coding bare = default;
        foreach (var property in concept.EnumerateObject())
        {
            if (property.NameEquals("coding"u8) && property.Value.ValueKind == JsonValueKind.Array)
            {
                codings = new List<Coding>(property.Value.GetArrayLength());
                foreach (var coding in property.Value.EnumerateArray())
                    codings.Add(DecodeCoding(coding));
            }
            else if (property.NameEquals("text"u8))
            {
                text = Text(property.Value);
            }
            else
            {
                Assign(ref bare, property);
            }
        }

        // A bare Coding (Encounter.class, ImagingStudy.modality) has its parts at the top.
        if (codings is null && bare.Code is not null)
            return ([bare], text);

        return (codings is null ? [] : [.. codings], text);
    }

    private Coding DecodeCoding(JsonElement coding)
    {
        Coding result = default;
        if (coding.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in coding.EnumerateObject())
                Assign(ref result, property);
        }

        return result;
    }

    private void Assign(ref Coding coding, JsonProperty property)
    {
        if (property.NameEquals("system"u8))
            coding = coding with { System = Text(property.Value) };
        else if (property.NameEquals("code"u8))
            coding = coding with { Code = Text(property.Value) };
        else if (property.NameEquals("display"u8))
            coding = coding with { Display = Text(property.Value) };
    }

    private static int Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = default(HashCode);
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }

    private sealed record Entry(JsonElement Json, Coding[] Codings, string? Text);
}
