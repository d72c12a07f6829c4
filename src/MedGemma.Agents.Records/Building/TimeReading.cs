using System.Text.Json;
using MedGemma.Agents.Records.Time;

namespace MedGemma.Agents.Records.Building;

/// <summary>Finds when a resource was: its own element first, what its encounter lends last.</summary>
internal static class TimeReading
{
    public static void Read(ResourceDraft draft, BuildScope scope)
    {
        for (var i = 0; i < draft.Shape.TimePaths.Length && draft.When is null; i++)
        {
            var element = draft[Slots.Time + i];
            if (element.ValueKind == JsonValueKind.String)
                Take(draft, scope, element, default, draft.Shape.TimePaths[i]);
            else if (element.ValueKind == JsonValueKind.Object)
                TakeObject(draft, scope, element, i);
        }

        for (var i = 0; i < Slots.RecordedCount && draft.RecordedAt is null; i++)
        {
            if (TryParse(draft[Slots.Recorded + i], scope, out var recorded, out _))
                draft.RecordedAt = recorded.Start;
        }
    }

    /// <summary>Gives a resource without a time of its own the start of its encounter, as an event.</summary>
    public static void Lend(ResourceDraft draft, BuildScope scope)
    {
        if (draft.When is not null || draft.Encounter is not { } encounter || !scope.Encounters.TryGetValue(encounter, out var facts) || facts.Start is null)
            return;

        draft.When = facts.Start;
        draft.WhenText = facts.StartText;
        draft.WhenPath = "Encounter.period.start";
        draft.WhenHolder = encounter;
        draft.IsState = false;
    }

    /// <summary>Gives a condition without onset and encounter the date it was recorded, as an event.</summary>
    public static void FallBackToRecorded(ResourceDraft draft, BuildScope scope)
    {
        if (draft.When is not null || !TryParse(draft[Slots.Recorded], scope, out var recorded, out var text))
            return;

        draft.When = recorded;
        draft.WhenText = text;
        draft.WhenPath = "Condition.recordedDate";
        draft.WhenHolder = draft.Key;
        draft.IsState = false;
    }

    public static bool TryParse(JsonElement element, BuildScope scope, out TimeInterval interval, out string? text)
    {
        interval = default;
        text = null;
        if (element.ValueKind != JsonValueKind.String)
            return false;

        text = element.GetString();
        return FhirTime.TryParse(text, scope.Zone, out interval, out _);
    }

    private static void TakeObject(ResourceDraft draft, BuildScope scope, JsonElement element, int index)
    {
        var path = draft.Shape.TimePaths[index];
        if (element.TryGetProperty("event"u8, out var events) && events.ValueKind == JsonValueKind.Array && events.GetArrayLength() > 0
            && events[0].ValueKind == JsonValueKind.String)
        {
            Take(draft, scope, events[0], default, path + ".event[0]");
        }
        else if (element.TryGetProperty("collectedDateTime"u8, out var collected))
        {
            Take(draft, scope, collected, default, path + ".collected");
        }
        else if (TryPeriod(element, out var period, out var within))
        {
            if (period.TryGetProperty("start"u8, out var start))
                Take(draft, scope, start, period.TryGetProperty("end"u8, out var end) ? end : default, within.Length == 0 ? draft.Shape.TimeStartPaths[index] : path + within + ".start");
            else if (period.TryGetProperty("end"u8, out var onlyEnd))
                TakeEnd(draft, scope, onlyEnd, path + within + ".end");
        }
    }

    /// <summary>The Period in an element: itself, a document's context, a specimen's collection, or the bounds of a Timing.</summary>
    private static bool TryPeriod(JsonElement element, out JsonElement period, out string within)
    {
        within = string.Empty;
        period = element;
        if (element.TryGetProperty("start"u8, out _) || element.TryGetProperty("end"u8, out _))
            return true;

        within = ".period";
        if (element.TryGetProperty("period"u8, out period) && period.ValueKind == JsonValueKind.Object)
            return true;

        within = ".collected";
        if (element.TryGetProperty("collectedPeriod"u8, out period) && period.ValueKind == JsonValueKind.Object)
            return true;

        within = ".repeat.bounds";
        return element.TryGetProperty("repeat"u8, out var repeat) && repeat.ValueKind == JsonValueKind.Object
            && repeat.TryGetProperty("boundsPeriod"u8, out period) && period.ValueKind == JsonValueKind.Object;
    }

    private static void Take(ResourceDraft draft, BuildScope scope, JsonElement start, JsonElement end, string path)
    {
        if (!TryParse(start, scope, out var from, out var text))
            return;

        if (scope.MeansDay(draft, text!) && from.Start is { } midnight)
            from = new TimeInterval(midnight, midnight.AddDays(1));

        // A date alone opens a state only where FHIR means an onset; a statement's or a plan's date is the day of the statement.
        if (!path.EndsWith(".start", StringComparison.Ordinal) && draft.Key.Type is not ("Condition" or "AllergyIntolerance" or "Goal"))
            draft.IsState = false;

        DateTimeOffset? until = draft.IsState ? null : from.End;
        if (TryParse(end, scope, out var to, out _))
        {
            // A period that ends before it starts is an error of the source: the start stands, the end says nothing.
            if (!(to.End <= from.Start))
                until = to.End;
        }
        else if (end.ValueKind == JsonValueKind.Undefined && path.EndsWith(".start", StringComparison.Ordinal))
        {
            until = null;
        }

        draft.When = new TimeInterval(from.Start, until);
        draft.WhenText = text;
        draft.WhenPath = path;
        draft.WhenHolder = draft.Key;
    }

    private static void TakeEnd(ResourceDraft draft, BuildScope scope, JsonElement end, string path)
    {
        if (!TryParse(end, scope, out var to, out var text))
            return;

        draft.When = new TimeInterval(null, to.End);
        draft.WhenText = text;
        draft.WhenPath = path;
        draft.WhenHolder = draft.Key;
    }
}
