using System.Globalization;
using System.Text.Json;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Writing;

/// <summary>Writes plain sentences from templates, for answers without a model. Safe for concurrent use.</summary>
public sealed class TemplateClaimWriter : IClaimWriter
{
    private const int MostListed = 60;
    private const int MostDecimals = 4;

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Write(QueryResult result, int queryIndex, QueryContext context)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Values.Count > 1 && result.Query.Aggregate is StatisticAggregate or DeltaAggregate or ChangedAggregate or TrendAggregate or CalculateAggregate)
            return [.. result.Values.SelectMany(value => Write(result with { Values = [value] }, queryIndex, context))];

        var sentence = result.Query.Aggregate switch
        {
            _ when result.Outcome == QueryOutcome.SearchedAndEmpty && result.Values.Count == 0 => WriteNone(result),
            ExistsAggregate => WriteExists(result),
            CountAggregate count => WriteCount(result, count),
            StatisticAggregate statistic => WriteStatistic(result, statistic),
            DeltaAggregate delta => $"{OfSupplied(result)}{Name(result, 0)} {ChangedBy(delta, result.Values[0])} {Between(delta, result.Values[0])} {During(result)}{Qualifiers(result.Values[0])}.",
            ChangedAggregate changed => WriteChanged(result, changed),
            TrendAggregate => $"{Capitalized($"{OfSupplied(result)}the")} trend of {Name(result, 0)} is {Plain(result.Values[0].Value)} {During(result)}{Qualifiers(result.Values[0])}.",
            CalculateAggregate => $"{OfSupplied(result)}{Name(result, 0)} is {(result.Values[0].Comparator is ">=" ? Number(result.Values[0] with { Comparator = "at least " }) : Number(result.Values[0]))}{Qualifiers(result.Values[0])}.",
            TimeBetweenAggregate between => WriteTimeBetween(result, between),
            _ => WriteValues(result),
        };
        var evidence = result.Values.SelectMany(value => value.Evidence).Distinct().ToArray();
        var derivation = result.Values.Count == 1 ? result.Values[0].Derivation : null;
        return [new Claim(Tidy(sentence), queryIndex, evidence, derivation, Verdict.Refused)];
    }

    /// <summary>What was found without the element asked for is there: only the element is not recorded.</summary>
    private static string WriteNone(QueryResult result)
    {
        var element = ElementNames.Of(result.Query.Element);
        if ((result.Matched == 0 || element.Length == 0) && !(IsPatientFact(result) && result.Query.Selection.Where is not null))
            return $"No {KindNames.Subject(result.Query, false)} {Recorded(result)}.";

        return IsPatientFact(result)
            ? $"No {element} {Contact(result)}is recorded."
            : $"No {element} of {KindNames.Subject(result.Query, false)} is recorded {During(result)}.";
    }

    private static string WriteExists(QueryResult result)
    {
        var yes = result.Values is [{ Value.ValueKind: JsonValueKind.True }, ..];
        var subject = KindNames.Subject(result.Query, false);
        if (IsPatientFact(result) && result.Query.Selection.Value is not null)
            return yes ? $"{Capitalized($"{OfSupplied(result)}yes")}, an age {subject["patients ".Length..]} is recorded." : $"No age {subject["patients ".Length..]} is recorded.";

        return yes ? $"{Capitalized($"{OfSupplied(result)}yes")}, {subject} {Recorded(result)}{Qualifiers(result.Values[0])}." : $"No {subject} {Recorded(result)}.";
    }

    private static string WriteCount(QueryResult result, CountAggregate count)
    {
        var value = Plain(result.Values[0].Value);
        var one = value == "1";
        var things = count.Distinct ? $"distinct {KindNames.Subject(result.Query, one)}" : KindNames.Subject(result.Query, one);
        var other = count.Distinct
            ? result.Matched != result.DistinctConcepts ? $" ({result.Matched} records)" : ""
            : result.DistinctConcepts > 1 && result.DistinctConcepts != result.Matched ? $" ({result.DistinctConcepts} distinct)" : "";
        var atLeast = result.DependsOnMissing && result.IsOnlyAddedTo ? "at least " : "";
        return $"{(one ? "There is" : "There are")} {atLeast}{value} {Supplied(result)}{things}{other} {Recorded(result, verb: false)}{Qualifiers(result.Values[0])}.";
    }

    private static string WriteStatistic(QueryResult result, StatisticAggregate statistic)
    {
        var word = statistic.Statistic switch { Statistic.Mean => "average", Statistic.Median => "median", _ => "sum of" };
        var name = result is { DistinctConcepts: > 1, Query.Selection.Concepts: [var asked] } ? asked : Name(result, 0);

        // A length of time has two inputs, its start and its end.
        var isOfLengths = result.Query.Element == ResultElement.Duration;
        var count = (result.Values[0].Derivation?.Inputs.Count ?? 0) / (isOfLengths ? 2 : 1);
        var what = isOfLengths ? $"duration of {KindNames.Subject(result.Query, false)}" : name;
        return $"The {word} {Supplied(result)}{what} was {Number(result.Values[0])} over {count} values {During(result)}{Qualifiers(result.Values[0])}.";
    }

    private static string Between(DeltaAggregate delta, ResultValue value) =>
        delta.Last is 2 && value.Evidence is [{ Time: { } from }, .., { Time: { } until }] ? $"from {from} to {until}" : "";

    /// <summary>A fall that was asked for is called one, or the rise that it was instead.</summary>
    private static string ChangedBy(DeltaAggregate delta, ResultValue value)
    {
        var sign = value.Value.TryGetDecimal(out var number) ? Math.Sign(number) : 0;
        return !delta.Fall || sign == 0 ? $"changed by {Number(value)}"
            : sign > 0 ? $"fell by {Number(value)}"
            : $"rose by {Number(value with { Value = JsonSerializer.SerializeToElement(-number) })}";
    }

    private static string WriteChanged(QueryResult result, ChangedAggregate changed)
    {
        var value = result.Values[0];
        var yes = value.Value.ValueKind == JsonValueKind.True;
        var said = yes ? $"{Capitalized($"{OfSupplied(result)}yes")}, {Name(result, 0)} {(changed.Higher ? "rose" : "fell")}" : $"{Capitalized($"{OfSupplied(result)}no")}, {Name(result, 0)} has not {(changed.Higher ? "risen" : "fallen")}";
        var ends = value.Evidence.Select(end => $"{Plain(end.Value)}{(end.Unit is null ? "" : $" {end.Unit}")} ({end.Time})");
        return $"{said} {During(result)}: {string.Join(", ", ends)}{Qualifiers(value)}.";
    }

    private static string WriteTimeBetween(QueryResult result, TimeBetweenAggregate between)
    {
        var window = result.Query.Selection.Setting.Count > 0 || (result.Query.Selection.Window is { } one && IsMoment(one)) ? $" {During(result)}" : Range(result);
        var until = between.Until is { } other ? $" to the {(between.UntilEnd ? "end of the " : "")}first {KindNames.Subject(result.Query with { Selection = other }, true)} at or after it" : "";
        return $"From the {(between.FromEnd ? "end of the " : "")}first {Supplied(result)}{KindNames.Subject(result.Query, true)}{window}{until} it is {Number(result.Values[0])}{Qualifiers(result.Values[0])}.";
    }

    private static string WriteValues(QueryResult result)
    {
        var group = result.Query.Aggregate as GroupAggregate;
        var which = (group?.Each ?? result.Query.Aggregate) switch
        {
            LatestAggregate when !IsPatientFact(result) => "latest",
            EarliestAggregate => "first",
            ExtremeAggregate { Highest: var highest } => AreStays(result) ? (highest ? "longest" : "shortest") : highest ? "highest" : "lowest",
            StatisticAggregate { Statistic: Statistic.Mean } => "average",
            StatisticAggregate { Statistic: Statistic.Median } => "median",
            StatisticAggregate => "sum of",
            _ => null,
        };
        var parts = result.Values.Take(MostListed).Select(value => Describe(result, value)).ToArray();
        var shown = parts.Length < result.Values.Count ? $"{parts.Length} of {result.Values.Count}: " : "";
        var subject = Supplied(result) + KindNames.Subject(result.Query, result.Values.Count == 1);
        if (group is not null)
            subject += $" by {KeyName(group.By)}";
        var element = ElementNames.Of(result.Query.Element);
        if (which is null)
        {
            if (IsPatientFact(result))
                return $"{Capitalized(element)} {Contact(result)}{During(result)}: {string.Join("; ", parts)}.";

            var head = element.Length == 0 ? Capitalized(subject) : $"{Capitalized(element)} of {subject}";
            return $"{head} {During(result)}: {shown}{string.Join("; ", parts)}.";
        }

        var what = element.Length == 0 ? subject : $"{element} of the {which} {subject}";
        return element.Length == 0
            ? $"The {which} {what} {During(result)}: {shown}{string.Join("; ", parts)}."
            : $"{Capitalized(what)} {During(result)}: {shown}{string.Join("; ", parts)}.";
    }

    private static string Contact(QueryResult result) =>
        result.Query.Selection.Where is { Element: ResultElement.ContactRelationship, Words: [var relation, ..] } ? $"with relationship {relation} " : "";

    private static string KeyName(GroupKey key) => key switch
    {
        GroupKey.Day => "day",
        GroupKey.Month => "month",
        GroupKey.Year => "year",
        GroupKey.Encounter => "encounter",
        GroupKey.Concept => "name",
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, "A group key without a name"),
    };

    private static string Describe(QueryResult result, ResultValue value)
    {
        var text = $"{value.Comparator}{PlainNumber(value)}{Unit(value)}";
        if (value.Label is { Length: > 0 } label && !string.Equals(label, Plain(value.Value), StringComparison.Ordinal) && !IsPatientFact(result))
            text = $"{label}: {text}";
        if (value.Time is { } time && time != Plain(value.Value) && !IsPatientFact(result))
            text += $" ({time})";
        return text + Qualifiers(value);
    }

    private static string Supplied(QueryResult result) => result.DependsOnMissing ? "supplied " : "";

    private static string OfSupplied(QueryResult result) => result.DependsOnMissing ? "Of what was supplied, " : "";

    private static string Qualifiers(ResultValue value) => value.Qualifiers.Count > 0 ? $" [{string.Join(", ", value.Qualifiers)}]" : "";

    private static bool AreStays(QueryResult result) =>
        result.Query.Selection.Kinds.All(kind => kind is RecordKind.Encounter or RecordKind.HospitalStay or RecordKind.IcuStay or RecordKind.EmergencyVisit or RecordKind.OutpatientVisit);

    private static bool IsPatientFact(QueryResult result) => result.Query.Selection.Kinds is [RecordKind.Patient];

    private static string Name(QueryResult result, int index) =>
        result.Values[index].Label ?? (result.Query.Selection.Concepts.Count > 0 ? result.Query.Selection.Concepts[0] : KindNames.Subject(result.Query, false));

    private static string Number(ResultValue value) => $"{value.Comparator}{PlainNumber(value)}{Unit(value)}";

    private static string Unit(ResultValue value) => value.Unit switch { null => "", "{night}" => " nights", "{day}" => " days", var unit => $" {unit}" };

    /// <summary>A computed number as people write it; the value itself keeps every digit.</summary>
    private static string PlainNumber(ResultValue value)
    {
        if (value.Derivation is null || value.Value.ValueKind != JsonValueKind.Number || !value.Value.TryGetDecimal(out var number) || number.Scale <= MostDecimals)
            return Plain(value.Value);

        var decimals = Math.Abs(number) switch { >= 100 => 1, >= 1 => 2, _ => MostDecimals };

        // A small number keeps three digits, whatever zeros stand before them.
        for (var threeDigits = 0.01m; Math.Abs(number) < 1 && decimals < number.Scale && Math.Abs(decimal.Round(number, decimals)) < threeDigits; threeDigits /= 10)
            decimals++;
        return decimal.Round(number, decimals, MidpointRounding.AwayFromZero).ToString(CultureInfo.InvariantCulture);
    }

    private static string Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number when value.TryGetDecimal(out var number) => number.ToString(CultureInfo.InvariantCulture),
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        _ => value.GetRawText(),
    };

    private static string Recorded(QueryResult result, bool verb = true) => $"{(verb ? "are recorded" : "recorded")} {During(result)}";

    private static string During(QueryResult result) =>
        $"{Setting(result)}{(result.Query.Selection.Window is not { } window ? "" : IsMoment(window) ? $"on {window.Text}" : $"{window.Text}{Range(window)}")}";

    private static string Setting(QueryResult result) =>
        result.Query.Selection.Setting is { Count: > 0 } setting ? $"during {KindNames.Joined(setting)} " : "";

    private static bool IsMoment(QueryWindow window) => window.Until - window.From <= TimeSpan.FromTicks(1);

    private static string Range(QueryResult result) => result.Query.Selection.Window is { } window ? Range(window) : "";

    private static string Range(QueryWindow window)
    {
        var from = window.From is { } start ? Moment(start) : null;
        if (window.Until is not { } end)
            return from is null ? "" : $" (from {from})";

        // A bound at midnight is said by the last day inside; any other by the moment itself.
        var until = end.TimeOfDay == TimeSpan.Zero ? $"through {end.AddTicks(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" : $"until {Moment(end)}";
        return from is null ? $" ({until})" : $" (from {from} {until})";
    }

    private static string Moment(DateTimeOffset moment) =>
        moment.ToString(moment.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static string Capitalized(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static string Tidy(string sentence) => sentence.Replace("  ", " ", StringComparison.Ordinal).Replace(" .", ".", StringComparison.Ordinal).Replace(" :", ":", StringComparison.Ordinal);
}
