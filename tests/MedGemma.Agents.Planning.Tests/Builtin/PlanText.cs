using System.Globalization;
using MedGemma.Agents.Planning.Planners;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>Plans in one line, so that a table of questions can be read: <c>latest LaboratoryResult 'HbA1c' .Start from..until &gt; 9 current</c>.</summary>
internal static class PlanText
{
    public static string Of(Plan plan) => plan switch
    {
        Plan.Planned planned => string.Join(" & ", planned.Queries.Select(Of)),
        Plan.Refused => "refused",
        _ => "not understood",
    };

    private static string Of(RecordQuery query)
    {
        var selection = query.Selection;
        List<string> parts = [Of(query.Aggregate), string.Join('+', selection.Kinds)];
        parts.AddRange(selection.Concepts.Select(concept => $"'{concept.ToLowerInvariant()}'"));
        if (query.Element != ResultElement.Default)
            parts.Add($".{query.Element}");
        if (selection.Window is { } window)
            parts.Add($"{Day(window.From)}..{Day(window.Until)}");
        if (selection.Setting.Count > 0)
            parts.Add($"during {string.Join('+', selection.Setting)}");
        if (selection.Value is { } value)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{value.Comparison} {value.Bound}{value.Unit}"));
        parts.AddRange(selection.Categories.Select(category => $"category '{category}'"));
        if (selection.NoteText is { } text)
            parts.Add($"text '{text}'");
        if (selection.Route is { } route)
            parts.Add($"route '{route}'");
        if (selection.Statuses.Count > 0)
            parts.Add("status");
        if (selection.CurrentOnly)
            parts.Add("current");
        if (query.Unit is { } unit)
            parts.Add($"in {unit}");

        return string.Join(' ', parts);
    }

    private static string Of(Aggregate aggregate) => aggregate switch
    {
        NthAggregate nth => $"nth{nth.N}",
        CountAggregate count => count.Distinct ? "countDistinct" : "count",
        ListAggregate list => $"{(list.Distinct ? "listDistinct" : "list")}{(list.Last is { } last ? $" last {last}" : "")}",
        ExtremeAggregate extreme => extreme.Highest ? "highest" : "lowest",
        StatisticAggregate statistic => statistic.Statistic.ToString().ToLowerInvariant(),
        GroupAggregate group => $"{Of(group.Each)} by {group.By}",
        _ => aggregate.GetType().Name.Replace("Aggregate", "", StringComparison.Ordinal).ToLowerInvariant(),
    };

    private static string Day(DateTimeOffset? instant) =>
        instant?.ToString(instant.Value.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture) ?? "";
}
