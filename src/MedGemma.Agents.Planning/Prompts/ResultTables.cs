using System.Globalization;
using System.Text;
using System.Text.Json;
using MedGemma.Agents.Planning.Tools;
using MedGemma.Agents.Planning.Writing;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Queries.Json;

namespace MedGemma.Agents.Planning.Prompts;

/// <summary>
/// Writes results for a model: a heading that says what was searched and how it ended, then one row a value with its handle. A long series becomes its first and last
/// rows with the lowest and highest number, and with several things measured a table of days by things: models read long lists badly (docs/decisions). Free text of the
/// record is not in it: a row says how long it is, and its handle in brackets puts it into a claim.
/// </summary>
public static class ResultTables
{
    /// <summary>Rows that are shown as they are.</summary>
    public const int MostRows = 24;

    private const int FirstRows = 4;
    private const int LastRows = 12;
    private const int MostColumns = 8;
    private const int LongestText = 80;

    /// <summary>Writes one result.</summary>
    /// <param name="result">The result.</param>
    /// <param name="number">Its number in the turn, from 1.</param>
    /// <param name="record">The record that it is of.</param>
    public static string Write(QueryResult result, int number, PatientRecord record)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(record);
        var free = new FreeText(record);
        var text = new StringBuilder();
        WriteHeading(text, result, number);
        if (result.Problem is { } problem)
            text.Append("  problem: ").Append(DisplayText.Bound(free.Without(problem.Message, result.Values), 300)).Append('\n');
        else if (result.Values.Count > MostRows)
            WriteLong(text, result, number, free);
        else
            WriteRows(text, result, number, free, Enumerable.Range(0, result.Values.Count));

        foreach (var note in result.Notes)
            text.Append("  note: ").Append(DisplayText.Bound(free.Without(note, result.Values), 300)).Append('\n');
        return text.ToString();
    }

    private static void WriteHeading(StringBuilder text, QueryResult result, int number)
    {
        var query = result.Query;
        var outcome = result.Outcome switch
        {
            QueryOutcome.Found when result.DependsOnMissing => string.Create(
                CultureInfo.InvariantCulture,
                $"found, {result.Values.Count} of {result.Matched} matching; not all of {string.Join(", ", result.OpenTypes)} was supplied: say \"supplied\" before the value"),
            QueryOutcome.Found => string.Create(CultureInfo.InvariantCulture, $"found, {result.Values.Count} of {result.Matched} matching"),
            QueryOutcome.SearchedAndEmpty => "nothing recorded, and the search was complete",
            QueryOutcome.NotSupplied => "nothing found, but absence is not proved: say nothing of it",
            QueryOutcome.Failed => "failed: say nothing of it",
            _ => throw new ArgumentOutOfRangeException(nameof(result), result.Outcome, "Not a query outcome."),
        };
        text.Append(new ResultHandle(number, null)).Append(": ").Append(Verb(query.Aggregate)).Append(' ').Append(DisplayText.Bound(KindNames.Subject(query, false), 300));
        if (ElementNames.Of(query.Element) is { Length: > 0 } element)
            text.Append(", ").Append(element);
        text.Append(". ").Append(outcome).Append('\n');
        if (query.Selection.Window is { Text: { } window })
            text.Append("  window, to be said: ").Append(window).Append('\n');
        foreach (var concept in result.Concepts.Where(concept => concept.Taken.Count > 0))
        {
            text.Append("  \"").Append(PromptText.Name(concept.Asked)).Append("\" is: ")
                .AppendJoin("; ", concept.Taken.Take(MostColumns).Select(name => PromptText.Name(name))).Append('\n');
        }
    }

    private static string Verb(Aggregate aggregate) => aggregate switch
    {
        LatestAggregate => "latest",
        EarliestAggregate => "first",
        NthAggregate nth => string.Create(CultureInfo.InvariantCulture, $"number {nth.N}"),
        ListAggregate { Distinct: true } => "list of distinct",
        ListAggregate => "list of",
        CountAggregate { Distinct: true } => "count of distinct",
        CountAggregate => "count of",
        ExistsAggregate => "existence of",
        ExtremeAggregate { Highest: true } => "highest",
        ExtremeAggregate => "lowest",
        StatisticAggregate statistic => statistic.Statistic.ToString().ToLowerInvariant() + " of",
        DeltaAggregate => "change of",
        ChangedAggregate { Higher: true } => "rise of",
        ChangedAggregate => "fall of",
        TrendAggregate => "trend of",
        TimeBetweenAggregate => "time from",
        CalculateAggregate calculate => JsonSerializer.SerializeToElement(calculate.Formula, RecordQueryJson.Options).GetString() + " from",
        GroupAggregate group => $"by {group.By.ToString().ToLowerInvariant()}, {Verb(group.Each)}",
        _ => throw new ArgumentOutOfRangeException(nameof(aggregate), aggregate.GetType().Name, "An aggregate without a word."),
    };

    private static void WriteRows(StringBuilder text, QueryResult result, int number, FreeText free, IEnumerable<int> places)
    {
        foreach (var place in places)
        {
            var value = result.Values[place];
            text.Append("  ").Append(new ResultHandle(number, place + 1)).Append(" | ").Append(value.Time ?? "no time").Append(" | ")
                .Append(Label(value, free)).Append(" | ").Append(Cell(value, free));
            if (value.Qualifiers.Count > 0)
                text.Append(" | ").AppendJoin(", ", value.Qualifiers.Select(qualifier => free.IsWith(qualifier, value) ? FreeText.Placeholder(qualifier) : PromptText.Name(qualifier, LongestText)));
            text.Append('\n');
        }
    }

    private static void WriteLong(StringBuilder text, QueryResult result, int number, FreeText free)
    {
        var count = result.Values.Count;
        text.Append(CultureInfo.InvariantCulture, $"  {count} values; say how many of how many, or ask for less.\n");
        if (Pivot(result, number, free) is { } pivot)
        {
            text.Append(pivot);
        }
        else
        {
            WriteRows(text, result, number, free, Enumerable.Range(0, FirstRows));
            text.Append(CultureInfo.InvariantCulture, $"  and {count - FirstRows - LastRows} more between\n");
            WriteRows(text, result, number, free, Enumerable.Range(count - LastRows, LastRows));
        }

        foreach (var series in result.Values.Index().Where(row => row.Item.Value.ValueKind == JsonValueKind.Number).GroupBy(row => (row.Item.Label, row.Item.Unit)).Take(MostColumns))
        {
            var ordered = series.OrderBy(row => row.Item.Value.TryGetDecimal(out var value) ? value : 0).ToList();
            text.Append("  lowest and highest of ").Append(Label(ordered[0].Item, free)).Append(":\n");
            WriteRows(text, result, number, free, new[] { ordered[0].Index, ordered[^1].Index }.Distinct());
        }
    }

    /// <summary>Days by things, for several things measured over time: the last days. Null when it is no such result.</summary>
    private static string? Pivot(QueryResult result, int number, FreeText free)
    {
        var rows = result.Values.Index().Where(row => row.Item is { Time.Length: >= 10, Label: not null }).ToList();
        var columns = rows.Select(row => row.Item.Label!).Distinct(StringComparer.Ordinal).ToList();
        if (rows.Count < result.Values.Count || columns.Count is < 2 or > MostColumns)
            return null;

        var text = new StringBuilder("  day");
        foreach (var column in columns)
            text.Append(" | ").Append(Label(rows.First(row => row.Item.Label == column).Item, free));
        text.Append('\n');
        var days = rows.GroupBy(row => row.Item.Time![..10], StringComparer.Ordinal).OrderBy(day => day.Key, StringComparer.Ordinal).ToList();
        foreach (var day in days.TakeLast(LastRows))
        {
            text.Append("  ").Append(day.Key);
            foreach (var column in columns)
            {
                text.Append(" | ").AppendJoin("; ", day.Where(row => row.Item.Label == column)
                    .Select(row => $"{Cell(row.Item, free)} ({new ResultHandle(number, row.Index + 1)})"));
            }

            text.Append('\n');
        }

        if (days.Count > LastRows)
            text.Append(CultureInfo.InvariantCulture, $"  and {days.Count - LastRows} days before\n");
        return text.ToString();
    }

    private static string Label(ResultValue value, FreeText free) => free.IsWith(value.Label, value) ? FreeText.Placeholder(value.Label!) : PromptText.Name(value.Label);

    private static string Cell(ResultValue value, FreeText free) => value.Value.ValueKind switch
    {
        JsonValueKind.String when free.IsValueOf(value) => $"{FreeText.Placeholder(value.Value.GetString()!)}, not shown",
        JsonValueKind.String => PromptText.Name(value.Value.GetString(), LongestText),
        JsonValueKind.Number => $"{value.Comparator}{Number(value.Value)}{(value.Unit is null ? "" : $" {PromptText.Name(value.Unit, 20)}")}",
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        _ => "recorded",
    };

    private static string Number(JsonElement value) => value.TryGetDecimal(out var number) ? number.ToString(CultureInfo.InvariantCulture) : value.GetRawText();
}
