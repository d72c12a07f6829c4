using System.Globalization;
using System.Text.Json;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Writing;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using Calendar = MedGemma.Agents.Planning.Builtin.Language.Calendar;

namespace MedGemma.Agents.Planning.Tools;

/// <summary>Works out the windows that a model asks for: in the zone of the question, as the built-in planner does.</summary>
internal sealed class PlanWindowReader(RecordToolContext context)
{
    private readonly Calendar _calendar = new(context.Question.Zone);

    /// <summary>Reads a window.</summary>
    /// <param name="json">As the model wrote it.</param>
    /// <param name="window">The window with the words for it that a claim must say.</param>
    /// <returns>What is wrong with it, or null.</returns>
    public ToolFailure? Read(JsonElement json, out QueryWindow? window)
    {
        window = null;
        if (json.ValueKind != JsonValueKind.Object)
            return Wrong("A window is an object.");

        return Member(json, "last") is { } last ? ReadLast(json, last, out window)
            : Member(json, "year") is { } year ? ReadYear(json, year, out window)
            : Member(json, "relation") is not null ? ReadRelation(json, out window)
            : ReadDays(json, out window);
    }

    private ToolFailure? ReadLast(JsonElement json, JsonElement last, out QueryWindow? window)
    {
        window = null;
        if (!last.TryGetInt32(out var count) || count < 1 || !TryUnit(Text(json, "unit"), out var unit) || json.EnumerateObject().Count() != 2)
            return Wrong("{\"last\": 6, \"unit\": \"month\"} is a window of this sort; the units are hour, day, week, month and year.");

        if (Calendar.Add(_calendar.ToLocal(context.Question.AsOf), unit, -count) is not { } start)
            return Wrong("The window begins before the calendar does.");

        var word = unit.ToString().ToLowerInvariant();
        var text = count == 1 ? $"in the last {word}" : string.Create(CultureInfo.InvariantCulture, $"in the last {count} {word}s");
        window = new QueryWindow(_calendar.ToInstant(unit == CalendarUnit.Hour ? start : start.Date), null, text);
        return null;
    }

    private ToolFailure? ReadYear(JsonElement json, JsonElement year, out QueryWindow? window)
    {
        window = null;
        var month = Member(json, "month");
        if (!year.TryGetInt32(out var number) || number is < 1 or > 9998 || json.EnumerateObject().Count() != (month is null ? 1 : 2))
            return Wrong("{\"year\": 2024} or {\"year\": 2024, \"month\": 3} is a window of this sort.");

        if (month is null)
        {
            window = Between(new DateTime(number, 1, 1), new DateTime(number + 1, 1, 1), string.Create(CultureInfo.InvariantCulture, $"in {number}"));
            return null;
        }

        if (!month.Value.TryGetInt32(out var monthNumber) || monthNumber is < 1 or > 12)
            return Wrong("Months go from 1 to 12.");

        var first = new DateTime(number, monthNumber, 1);
        window = Between(first, first.AddMonths(1), first.ToString("'in' MMMM yyyy", CultureInfo.InvariantCulture));
        return null;
    }

    private ToolFailure? ReadDays(JsonElement json, out QueryWindow? window)
    {
        window = null;
        var (from, through) = (Text(json, "from"), Text(json, "through"));
        if (json.EnumerateObject().Any(member => member.Name is not ("from" or "through")) || (from is null && through is null)
            || !TryDay(from, out var first) || !TryDay(through, out var last))
        {
            return Wrong("{\"from\": \"2024-01-01\", \"through\": \"2024-03-31\"} is a window of this sort; days are written year-month-day.");
        }

        if (last < first)
            return Wrong("The window ends before it starts.");

        var text = (from, through) switch
        {
            ({ } a, { } b) => a == b ? $"on {a}" : $"from {a} through {b}",
            ({ } a, null) => $"since {a}",
            _ => $"through {through}",
        };
        window = Between(first, last?.AddDays(1), text);
        return null;
    }

    private ToolFailure? ReadRelation(JsonElement json, out QueryWindow? window)
    {
        window = null;
        if (json.EnumerateObject().Count() != 2 || !ResultHandle.TryParse(Text(json, "of"), out var handle) || handle.Value is null)
            return Wrong("{\"relation\": \"during\", \"of\": \"r1.1\"} is a window of this sort: during, before or after one value that was found.");

        if (context.ResultOf(handle) is not { } found || handle.In(found) is not [var value])
            return ToolFailure.Of(ToolFailureKind.UnknownHandle, $"{handle} points at nothing that was found in this turn and is still kept.");

        if (ResourceOf(value) is not { When: { Start: { } start } when } resource)
            return Wrong($"{handle} has no recorded time.");

        var what = $"the {KindNames.Of(found.Query.Selection.Kinds[0]).One} of {Day(resource.WhenText)}";
        switch (Text(json, "relation"))
        {
            // What lasts and has no recorded end lasts until the question.
            case "during":
                window = new QueryWindow(start, when.End, $"during {what}");
                return null;
            case "before":
                window = new QueryWindow(null, start, $"before {what}");
                return null;
            case "after" when when.End is { } end:
                window = new QueryWindow(end, null, $"after {what}");
                return null;
            case "after":
                return Wrong($"{handle} has no recorded end, so that nothing is known to be after it; ask for what is during it.");
            default:
                return Wrong("The relation is during, before or after.");
        }
    }

    private static string Day(string? time) => time is null ? "an unrecorded day" : time.Length > 10 ? time[..10] : time;

    private RecordResource? ResourceOf(ResultValue value) =>
        value.Evidence is [{ } evidence, ..] && context.Record.TryFollow(evidence.Resource.ToString(), out var resource) ? resource : null;

    private QueryWindow Between(DateTime? from, DateTime? until, string text) => new(
        from is { } start ? _calendar.ToInstant(start) : null,
        until is { } end ? _calendar.ToInstant(end) : null,
        text);

    private static bool TryDay(string? text, out DateTime? day)
    {
        day = null;
        if (text is null)
            return true;

        if (!DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) || read.Year > 9998)
            return false;

        day = read;
        return true;
    }

    private static bool TryUnit(string? word, out CalendarUnit unit)
    {
        (unit, var known) = word switch
        {
            "hour" => (CalendarUnit.Hour, true),
            "day" => (CalendarUnit.Day, true),
            "week" => (CalendarUnit.Week, true),
            "month" => (CalendarUnit.Month, true),
            "year" => (CalendarUnit.Year, true),
            _ => (default, false),
        };
        return known;
    }

    private static JsonElement? Member(JsonElement json, string name) => json.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement json, string name) =>
        Member(json, name) is { } member ? member.ValueKind == JsonValueKind.String ? member.GetString() : "" : null;

    private static ToolFailure Wrong(string message) => ToolFailure.Of(ToolFailureKind.WrongWindow, message);
}
