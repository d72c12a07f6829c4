using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Prompts;

/// <summary>
/// Tells what somebody wrote freely (a result in words, an instruction, a reaction, a name of a person) from what a planning or writing model may read: the names of the
/// record's concepts, displays and codes, closed words, numbers and dates. Free text goes to no such model, however short; code puts it into the answer. Immutable.
/// </summary>
/// <param name="record">The record.</param>
internal sealed partial class FreeText(PatientRecord record)
{
    /// <summary>Nothing longer is a code, a display or a closed word.</summary>
    private const int LongestShown = 80;

    /// <summary>A leaf that is shorter says nothing to a model, and stands in many a word.</summary>
    private const int ShortestLeaf = 3;

    private static readonly ConditionalWeakTable<PatientRecord, HashSet<string>> s_names = [];

    private readonly HashSet<string> _names = s_names.GetValue(record, ReadNames);

    /// <summary>Whether the value of a result is free text.</summary>
    /// <param name="value">The value.</param>
    public bool IsValueOf(ResultValue value) => value.Value.ValueKind == JsonValueKind.String && IsFree(value.Value.GetString()!, value, whereUnknown: true);

    /// <summary>Whether what a value is about, a qualifier of it or anything else that is said with it holds free text.</summary>
    /// <param name="text">The text, or null.</param>
    /// <param name="value">The value.</param>
    public bool IsWith(string? text, ResultValue value) => text is not null && IsFree(text, value, whereUnknown: false);

    /// <summary>A text in which nothing of these values' free text stands any more.</summary>
    /// <param name="text">The text, written by the program perhaps around values.</param>
    /// <param name="values">The values of its result.</param>
    public string Without(string text, IEnumerable<ResultValue> values)
    {
        foreach (var value in values.Where(IsValueOf))
        {
            if (value.Value.GetString() is { Length: >= ShortestLeaf } hidden)
                text = text.Replace(hidden, Placeholder(hidden), StringComparison.OrdinalIgnoreCase);
        }

        return text;
    }

    /// <summary>What a model reads in the place of free text.</summary>
    public static string Placeholder(string text) => string.Create(CultureInfo.InvariantCulture, $"text of {text.Length} characters");

    private bool IsFree(string text, ResultValue value, bool whereUnknown)
    {
        if (text.Length > LongestShown)
            return true;
        if (IsClosed(text))
            return false;

        var resources = value.Evidence.Concat(value.Derivation?.Inputs ?? []).Select(evidence => evidence.Resource).Distinct()
            .Select(key => record.TryFollow(key.ToString(), out var resource) ? resource : null).ToList();
        return resources.Contains(null) || resources.Count == 0
            ? whereUnknown && value.Derivation is null
            : resources.Exists(resource => Leaves(resource!.Json, CodedWords(resource.Json)).Any(leaf => text.Contains(leaf, StringComparison.OrdinalIgnoreCase)));
    }

    private bool IsClosed(string text) => Numeric().IsMatch(text) || ClosedWords.Contains(text) || _names.Contains(text.Trim());

    /// <summary>Every string that somebody wrote freely.</summary>
    private IEnumerable<string> Leaves(JsonElement json, HashSet<string> coded, string name = "", bool isCoding = false)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String when json.GetString() is { Length: >= ShortestLeaf } text:
                if (!(isCoding && name is "code" or "display") && !IsStructural(name, text) && !IsClosed(text) && !coded.Contains(text.Trim()))
                    yield return text.Trim();
                break;
            case JsonValueKind.Object:
                var isOne = IsCoding(json);
                foreach (var leaf in json.EnumerateObject().SelectMany(member => Leaves(member.Value, coded, member.Name, isOne)))
                    yield return leaf;
                break;
            case JsonValueKind.Array:
                foreach (var leaf in json.EnumerateArray().SelectMany(item => Leaves(item, coded, name, isCoding)))
                    yield return leaf;
                break;
        }
    }

    /// <summary>Codes and displays that the resource gives by a code system: a text that repeats one of them is none of its author's own.</summary>
    private static HashSet<string> CodedWords(JsonElement json)
    {
        var words = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        Collect(json);
        return words;

        void Collect(JsonElement at)
        {
            if (at.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in at.EnumerateArray())
                    Collect(item);
            }
            else if (at.ValueKind == JsonValueKind.Object)
            {
                if (IsCoding(at))
                    words.UnionWith(new[] { "code", "display" }.Select(name => TextOf(at, name)).Where(text => text is { Length: <= LongestShown }).Select(text => text!.Trim()));
                foreach (var member in at.EnumerateObject())
                    Collect(member.Value);
            }
        }
    }

    // A Reference has a display too, which is no code's.
    private static bool IsCoding(JsonElement json) => TextOf(json, "system") is not null && TextOf(json, "code") is not null;

    private static string? TextOf(JsonElement json, string name) => json.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    /// <summary>Elements that FHIR binds to codes of its own or fills with addresses, where what stands in them looks like it.</summary>
    private static bool IsStructural(string name, string text) => name switch
    {
        "status" or "intent" or "gender" or "priority" or "use" or "severity" or "criticality" or "category" or "type" or "kind" or "resourceType" or "contentType" or "language"
            or "code" or "periodUnit" or "durationUnit" or "comparator" or "id" or "versionId" or "mode" => Token().IsMatch(text),
        "system" or "url" or "reference" or "profile" or "source" or "instantiatesCanonical" => !text.Contains(' ', StringComparison.Ordinal),
        "unit" => text.Length <= 20,
        _ => false,
    };

    private static HashSet<string> ReadNames(PatientRecord record)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in record.Concepts.Entries)
        {
            names.Add(entry.Name.Trim());
            names.UnionWith(entry.Names.Select(name => name.Trim()));
            names.UnionWith(entry.Codings.SelectMany(coding => new[] { coding.Code, coding.Display }).OfType<string>().Select(word => word.Trim()));
        }

        return names;
    }

    /// <summary>Numbers, ratios, ranges, grades, dates, instants and "2 per 1 d", with a comparator or a per cent sign.</summary>
    [GeneratedRegex(@"^\s*[-+<>=~]{0,2}\s?(\d[\d.,:/+\- ]*(T[\d:.]+)?(Z|[+-]\d\d:\d\d)?\s?[%+]?|\d+(\.\d+)? per \d+(\.\d+)? [a-z]{1,3}|\++)\s*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Numeric();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._/+-]{0,63}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Token();
}
