using System.Globalization;
using System.Text;
using System.Text.Json;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Status;

namespace MedGemma.Agents.Planning.Prompts;

/// <summary>
/// Writes what a record holds: each kind with its number and dates, and of its concepts the most frequent with numbers, dates and ranges of values. Every kind is
/// named however little room there is; concepts are left out, and it is said how many, from the least frequent on; where not even the dates of the kinds fit, they are
/// left out with all concepts.
/// </summary>
internal static class RecordOverviewWriter
{
    // What is said by a narrower kind is not said again by the wider one.
    private static readonly RecordKind[] s_wide = [RecordKind.Any, RecordKind.Encounter, RecordKind.Observation, RecordKind.Medication];

    /// <summary>What it takes to say how many concepts of a kind are not listed.</summary>
    private const int LongestRest = 40;

    public static string Write(PatientRecord record, DateTimeOffset? asOf, RecordOverviewOptions options)
    {
        var kinds = Enum.GetValues<RecordKind>().Where(kind => kind is not (RecordKind.Any or RecordKind.Patient))
            .Select(kind => new KindLine(kind, [.. record.OfKind(kind).Where(resource => Exists(resource, asOf))]))
            .Where(line => line.Resources.Count > 0)
            .ToList();
        var concepts = kinds.ToDictionary(line => line.Kind, _ => new List<ConceptLine>());
        foreach (var entry in record.Concepts.Entries)
        {
            var resources = entry.Resources.Where(resource => Exists(resource, asOf)).ToList();
            if (resources.Count > 0 && entry.Kinds.OrderBy(kind => s_wide.Contains(kind)).ThenByDescending(kind => kind).FirstOrDefault(concepts.ContainsKey) is var kind && concepts.TryGetValue(kind, out var lines))
                lines.Add(new ConceptLine(entry.Name, resources));
        }

        foreach (var lines in concepts.Values)
            lines.Sort((a, b) => a.Resources.Count != b.Resources.Count ? b.Resources.Count.CompareTo(a.Resources.Count) : string.CompareOrdinal(a.Name, b.Name));

        var text = new StringBuilder();
        text.Append("Patient: ").AppendJoin(", ", Demographics(record)).Append('\n');
        var heads = kinds.ConvertAll(line => Head(line, record));
        var room = options.MostCharacters - text.Length - heads.Sum(head => head.Length + LongestRest);
        if (room < 0)
            return text.AppendJoin("; ", kinds.Select(line => Number(line, record))).Append("\nTheir dates and concepts are too many to be listed.\n").ToString();

        var shares = Shares(kinds.ConvertAll(line => concepts[line.Kind].Select(Line).Take(options.MostConcepts).ToList()), room);
        for (var i = 0; i < kinds.Count; i++)
        {
            text.Append(heads[i]);
            foreach (var line in shares[i])
                text.Append(line);
            var left = concepts[kinds[i].Kind].Count - shares[i].Count;
            if (left > 0)
                text.Append(CultureInfo.InvariantCulture, $"  and {left} more, not listed\n");
        }

        return text.ToString();
    }

    /// <summary>Takes the next concept of each kind in turn for as long as there is room, so that no kind crowds out the others.</summary>
    private static List<List<string>> Shares(List<List<string>> lines, int room)
    {
        var taken = lines.ConvertAll(_ => new List<string>());
        for (var place = 0; lines.Exists(of => of.Count > place); place++)
        {
            for (var i = 0; i < lines.Count; i++)
            {
                if (lines[i].Count <= place || taken[i].Count < place)
                    continue;

                if (lines[i][place].Length > room)
                    return taken;

                taken[i].Add(lines[i][place]);
                room -= lines[i][place].Length;
            }
        }

        return taken;
    }

    private static IEnumerable<string> Demographics(PatientRecord record)
    {
        yield return Member(record, "gender") is { } gender ? PromptText.Name(gender) : "gender not recorded";
        yield return Member(record, "birthDate") is { } birth ? $"born {PromptText.Name(birth)}" : "birth date not recorded";
        if (record.Facts.IsDeceased)
            yield return "deceased";
        foreach (var other in record.Facts.OtherRecords)
            yield return $"part of the chart may lie under {PromptText.Name(other.Other)}";
    }

    private static string? Member(PatientRecord record, string name) =>
        record.Patient.Json.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    private static string Head(KindLine line, PatientRecord record) => string.Create(
        CultureInfo.InvariantCulture, $"{KindWord(line.Kind)}: {line.Resources.Count}{Span(line.Resources)}{(IsComplete(line, record) ? "" : ", not known to be complete")}\n");

    private static string Number(KindLine line, PatientRecord record) =>
        string.Create(CultureInfo.InvariantCulture, $"{KindWord(line.Kind)}: {line.Resources.Count}{(IsComplete(line, record) ? "" : " or more")}");

    private static bool IsComplete(KindLine line, PatientRecord record) =>
        line.Resources.Select(resource => resource.Key.Type).Distinct(StringComparer.Ordinal).All(record.Receipt.IsComplete);

    private static string Line(ConceptLine line) =>
        string.Create(CultureInfo.InvariantCulture, $"- \"{PromptText.Name(line.Name)}\" {line.Resources.Count}{Span(line.Resources)}{Range(line.Resources)}\n");

    private static string Span(List<RecordResource> resources)
    {
        DateTimeOffset? first = null;
        DateTimeOffset? last = null;
        foreach (var resource in resources)
        {
            if (resource.When?.Start is not { } start)
                continue;

            first = first is null || start < first ? start : first;
            last = last is null || start > last ? start : last;
        }

        return first is null ? "" : first.Value.Date == last!.Value.Date ? $", {Day(first.Value)}" : $", {Day(first.Value)} to {Day(last.Value)}";
    }

    /// <summary>Lowest and highest number, where all have the same unit; to plan with, never to be said: results alone are evidence.</summary>
    private static string Range(List<RecordResource> resources)
    {
        decimal? lowest = null;
        decimal? highest = null;
        string? unit = null;
        foreach (var resource in resources)
        {
            if (resource.Key.Type != "Observation" || !resource.Json.TryGetProperty("valueQuantity"u8, out var quantity) || quantity.ValueKind != JsonValueKind.Object
                || !quantity.TryGetProperty("value"u8, out var value) || value.ValueKind != JsonValueKind.Number || !value.TryGetDecimal(out var number))
            {
                continue;
            }

            var its = quantity.TryGetProperty("unit"u8, out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : "";
            unit ??= its;
            if (unit != its)
                return ", several units";

            lowest = lowest is null || number < lowest ? number : lowest;
            highest = highest is null || number > highest ? number : highest;
        }

        return lowest is null ? "" : string.Create(CultureInfo.InvariantCulture, $", {lowest}{(lowest == highest ? "" : $" to {highest}")} {PromptText.Name(unit, 20)}").TrimEnd();
    }

    private static bool Exists(RecordResource resource, DateTimeOffset? asOf) =>
        resource.Standing != Standing.NeverCounts && (asOf is null || !(resource.When?.Start > asOf || resource.RecordedAt > asOf));

    private static string KindWord(RecordKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());

    private static string Day(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed record KindLine(RecordKind Kind, List<RecordResource> Resources);

    private sealed record ConceptLine(string Name, List<RecordResource> Resources);
}
