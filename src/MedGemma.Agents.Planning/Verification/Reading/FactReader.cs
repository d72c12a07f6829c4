using System.Collections.Frozen;
using System.Text.Json;
using MedGemma.Agents.Planning.Verification.Language;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Verification.Reading;

/// <summary>Reads what can be said of the values of a result.</summary>
internal static class FactReader
{
    private static readonly string[] PeriodElements = ["period", "performedPeriod", "effectivePeriod", "occurrencePeriod", "onsetPeriod"];
    private static readonly string[] EndElements = ["abatementDateTime", "end"];

    /// <summary>The facts of a result; one without a value when it has none.</summary>
    public static IReadOnlyList<Fact> Read(QueryResult result, PatientRecord record)
    {
        if (result.Values.Count == 0)
            return [ReadOne(null, record)];
        return [.. result.Values.Select(value => ReadOne(value, record))];
    }

    private static Fact ReadOne(ResultValue? value, PatientRecord record)
    {
        var proof = value is null ? [] : value.Derivation is { } derivation ? value.Evidence.Concat(derivation.Inputs).ToList() : value.Evidence;
        var isOfMany = value?.Derivation is { Operation: "count" or "count-distinct" or "exists" or "mean" or "median" or "sum" or "delta" or "fall" or "delta-percent" or "fall-percent" or "higher" or "lower" or "trend" or "slope" };
        var resources = proof.Select(evidence => evidence.Resource).Distinct()
            .Select(key => record.TryFollow(key.ToString(), out var resource) ? resource : null)
            .OfType<RecordResource>().ToList();

        List<string> texts = [.. TextOf(value?.Value)];
        if (value is not null && !isOfMany)
            texts.AddRange(value.Evidence.SelectMany(evidence => TextOf(evidence.Value)));
        List<string> own = value?.Label is { Length: > 0 } label ? [label, .. texts] : texts;

        var shared = SharedWords(resources);
        var concepts = !isOfMany
            ? resources.SelectMany(ResourceNames).ToList()
            : [.. resources.Select(resource => resource.Concept).OfType<CodedConcept>().Distinct().SelectMany(Names)
                .Distinct(StringComparer.OrdinalIgnoreCase).Where(name => NameWords.Of(name).All(shared.Contains))];
        var words = own.Concat(concepts).SelectMany(NameWords.Of).Concat(shared);
        return new Fact
        {
            Value = value,
            Names = [.. own.Concat(concepts).Distinct(StringComparer.OrdinalIgnoreCase)],
            Words = words.ToFrozenSet(StringComparer.Ordinal),
            ValueNumbers = [.. texts.Where(text => text != value?.Label).SelectMany(NameWords.NumbersOf).Select(number => (number.Value, number.Unit)).Distinct()],
            NameNumbers = [.. own.Concat(concepts).SelectMany(NameWords.NumbersOf).Distinct()],
            Times = [.. TimesOf(value, isOfMany)],
            Ends = [.. resources.SelectMany(EndsOf)],
            InputTimes = isOfMany ? [.. InputTimesOf(value!.Derivation!)] : [],
            Statuses = resources.SelectMany(StatusesOf).Concat(value?.Qualifiers ?? []).Select(Canonical).ToFrozenSet(StringComparer.Ordinal),
            Resources = resources,
        };
    }

    private static string Canonical(string status) => Vocabulary.StatusOf(status.ToLowerInvariant()) ?? status.ToLowerInvariant();

    private static IEnumerable<string> TextOf(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } name && DateReader.ReadWhole(name) is null ? [name] : [];

    private static HashSet<string> SharedWords(List<RecordResource> resources)
    {
        HashSet<string>? shared = null;
        foreach (var concept in resources.Select(resource => resource.Concept).Distinct())
        {
            var words = concept is null ? [] : Names(concept).SelectMany(NameWords.Of).ToHashSet(StringComparer.Ordinal);
            if (shared is null)
                shared = words;
            else
                shared.IntersectWith(words);
        }

        return shared ?? [];
    }

    private static IEnumerable<string> Names(CodedConcept concept)
    {
        if (concept.Text is { Length: > 0 } text)
            yield return text;
        foreach (var coding in concept.Codings)
        {
            if (coding.Display is { Length: > 0 } display)
                yield return display;
            else if (concept.Text is null && coding.Code is { Length: > 0 } code)
                yield return code;
        }
    }

    private static IEnumerable<string> ResourceNames(RecordResource resource) =>
        (resource.Concept is { } concept ? Names(concept) : [])
        .Concat(resource.Categories.Select(category => category.Display).OfType<string>())
        .Concat(ResourceTexts.Of(resource.Json))
        .Concat(resource.Labels);

    private static IEnumerable<DateMention> TimesOf(ResultValue? value, bool isOfMany)
    {
        if (value is null)
            return [];
        var texts = new List<string?> { value.Time };
        if (value.Value.ValueKind == JsonValueKind.String)
            texts.Add(value.Value.GetString());
        if (!isOfMany)
            texts.AddRange(value.Evidence.Select(evidence => evidence.Time).Concat(value.Derivation?.Inputs.Select(input => TextValue(input.Value)) ?? []));
        return texts.Select(DateReader.ReadWhole).OfType<DateMention>().Distinct();
    }

    private static string? TextValue(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static IEnumerable<DateMention> InputTimesOf(Derivation derivation) =>
        derivation.Inputs.Select(input => DateReader.ReadWhole(input.Time)).OfType<DateMention>().OrderBy(time => time.Local - (time.Offset ?? TimeSpan.Zero));

    private static IEnumerable<DateMention> EndsOf(RecordResource resource)
    {
        if (resource.Json.ValueKind != JsonValueKind.Object)
            yield break;
        foreach (var name in PeriodElements)
        {
            if (resource.Json.TryGetProperty(name, out var period) && period.ValueKind == JsonValueKind.Object
                && period.TryGetProperty("end", out var end) && DateReader.ReadWhole(end.GetString()) is { } date)
                yield return date;
        }

        foreach (var name in EndElements)
        {
            if (resource.Json.TryGetProperty(name, out var end) && end.ValueKind == JsonValueKind.String && DateReader.ReadWhole(end.GetString()) is { } date)
                yield return date;
        }
    }

    private static IEnumerable<string> StatusesOf(RecordResource resource) =>
        (resource.Status is { } status ? [status] : Enumerable.Empty<string>())
        .Concat(resource.Labels)
        .Concat(ResourceTexts.ConditionStatuses(resource.Json));
}
