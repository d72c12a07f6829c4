using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Grounding;

/// <summary>Every name and code that stands in one record, by its look-up form, so that a question's words can be found in it verbatim. Made once a record.</summary>
internal sealed class RecordNames
{
    private static readonly ConditionalWeakTable<PatientRecord, RecordNames> s_made = [];

    private readonly Dictionary<string, List<ConceptEntry>> _concepts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _routes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _admissionSources = new(StringComparer.Ordinal);

    private RecordNames(PatientRecord record)
    {
        foreach (var entry in record.Concepts.Entries)
        {
            Add(entry, entry.Name);
            foreach (var name in entry.Names)
                Add(entry, name);
            foreach (var coding in entry.Codings)
            {
                Add(entry, coding.Code);
                Add(entry, coding.Display);
            }
        }

        foreach (var resource in record.OfKind(RecordKind.Medication))
            foreach (var route in Routes(resource.Json))
                AddNames(_routes, route);

        foreach (var stay in record.OfKind(RecordKind.CareUnit))
            foreach (var place in Places(record, stay.Json))
                _places.TryAdd(QuestionText.Normalize(place), place);

        foreach (var stay in record.OfKind(RecordKind.Encounter))
            if (stay.Json.TryGetProperty("hospitalization", out var hospitalization) && hospitalization.TryGetProperty("admitSource", out var source))
                AddNames(_admissionSources, source);
    }

    /// <summary>Tokens in the longest name.</summary>
    public int LongestName { get; private set; }

    public static RecordNames Of(PatientRecord record) => s_made.GetValue(record, static made => new RecordNames(made));

    /// <summary>The concepts that go by exactly these words.</summary>
    public IReadOnlyList<ConceptEntry> FindConcepts(string words) => _concepts.GetValueOrDefault(words) ?? [];

    public string? FindRoute(string words) => _routes.GetValueOrDefault(words);

    /// <summary>The one place in which the patient lay whose name these words are, or are all words of a part of; null when none or several are.</summary>
    public string? FindPlace(string words)
    {
        if (_places.GetValueOrDefault(words) is { } exact)
            return exact;

        var asked = words.Split(' ');
        if (!asked.Any(word => word.Length > 3))
            return null;

        var found = _places.Where(place => asked.All(place.Key.Split(' ').Contains)).Select(place => place.Value).Distinct(StringComparer.Ordinal).Take(2).ToArray();
        return found is [var one] ? one : null;
    }

    /// <summary>The one place whose words begin with these letters: "HDU" is the High Dependency Unit. Null when none is, or several.</summary>
    public string? FindPlaceByInitials(string letters)
    {
        var found = _places.Where(place => string.Concat(place.Key.Split(' ').Where(word => word is not ("of" or "and" or "the" or "for")).Select(word => word.EndsWith("icu", StringComparison.Ordinal) ? word : word[..1])) == letters).Select(place => place.Value).Distinct(StringComparer.Ordinal).Take(2).ToArray();
        return letters.Length > 1 && found is [var one] ? one : null;
    }

    public string? FindAdmissionSource(string words) => _admissionSources.GetValueOrDefault(words);

    private void Add(ConceptEntry entry, string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
            return;

        var words = QuestionText.Normalize(name);
        if (words.Length == 0)
            return;

        if (!_concepts.TryGetValue(words, out var entries))
            _concepts.Add(words, entries = []);
        if (!entries.Contains(entry))
            entries.Add(entry);
        LongestName = Math.Max(LongestName, words.Count(c => c == ' ') + 1);
    }

    private static IEnumerable<string> Places(PatientRecord record, JsonElement encounter)
    {
        if (!encounter.TryGetProperty("location", out var locations) || locations.ValueKind != JsonValueKind.Array)
            yield break;

        foreach (var location in locations.EnumerateArray())
        {
            if (location.ValueKind != JsonValueKind.Object || !location.TryGetProperty("location", out var place) || place.ValueKind != JsonValueKind.Object)
                continue;

            if (place.TryGetProperty("display", out var display) && display.ValueKind == JsonValueKind.String)
                yield return display.GetString()!;
            if (place.TryGetProperty("reference", out var reference) && reference.ValueKind == JsonValueKind.String && record.TryFollow(reference.GetString()!, out var target)
                && target.Json.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String)
                yield return name.GetString()!;
        }
    }

    private static IEnumerable<JsonElement> Routes(JsonElement resource)
    {
        if (resource.TryGetProperty("dosage", out var dosage))
        {
            foreach (var one in dosage.ValueKind == JsonValueKind.Array ? dosage.EnumerateArray().ToImmutableArray() : [dosage])
                if (one.ValueKind == JsonValueKind.Object && one.TryGetProperty("route", out var route))
                    yield return route;
        }

        if (resource.TryGetProperty("dosageInstruction", out var instructions) && instructions.ValueKind == JsonValueKind.Array)
        {
            foreach (var instruction in instructions.EnumerateArray())
                if (instruction.ValueKind == JsonValueKind.Object && instruction.TryGetProperty("route", out var route))
                    yield return route;
        }
    }

    private static void AddNames(Dictionary<string, string> names, JsonElement concept)
    {
        if (concept.ValueKind != JsonValueKind.Object)
            return;

        Keep(names, concept, "text");
        if (concept.TryGetProperty("coding", out var codings) && codings.ValueKind == JsonValueKind.Array)
        {
            foreach (var coding in codings.EnumerateArray())
            {
                Keep(names, coding, "code");
                Keep(names, coding, "display");
            }
        }
    }

    private static void Keep(Dictionary<string, string> names, JsonElement holder, string member)
    {
        if (holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            && value.GetString() is { Length: > 0 } text)
            names.TryAdd(QuestionText.Normalize(text), text);
    }
}
