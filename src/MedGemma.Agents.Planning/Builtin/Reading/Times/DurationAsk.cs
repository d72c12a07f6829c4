using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Times;

/// <summary>That a question asks how long.</summary>
/// <param name="Unit">UCUM unit that it asks for, or null: days.</param>
/// <param name="Whole">True when only completed units count: "whole days", "rounded down".</param>
/// <param name="IsOngoing">True for what lasts until now: "how long has she had", "how long ago".</param>
internal sealed record DurationAsk(string? Unit, bool Whole, bool IsOngoing)
{
    /// <summary>True when days are asked for by their name: "how many days".</summary>
    public bool InDays { get; init; }

    /// <summary>The query in the unit that is asked for: the days since, until or between are those of the calendar, the length of a stay is exact.</summary>
    public RecordQuery Ask(RecordQuery query) => query with
    {
        Unit = query.Unit ?? Unit ?? (InDays ? query.Aggregate is TimeBetweenAggregate ? "{day}" : null : query.Element == ResultElement.Duration ? UsualUnit(query.Selection.Kinds) : null),
        WholeUnits = Whole,
    };

    // An appointment is planned by the minute, an emergency visit lasts hours; what else lasts is told in days.
    private static string? UsualUnit(IReadOnlyList<RecordKind> kinds) => kinds switch { [RecordKind.Appointment] => "min", [RecordKind.EmergencyVisit] => "h", _ => null };
}
