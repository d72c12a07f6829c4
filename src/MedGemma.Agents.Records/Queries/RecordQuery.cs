namespace MedGemma.Agents.Records.Queries;

/// <summary>A typed question to one patient's record. It names no patient: the record it is run against is the patient.</summary>
/// <param name="Selection">Which resources.</param>
/// <param name="Aggregate">What to make of them.</param>
/// <param name="Element">Which element of each to return; null takes the kind's own (<see cref="ResultElement.Default"/>).</param>
/// <param name="Unit">UCUM unit to give quantities in; null gives them as recorded, or statistics in the unit that most of them are recorded in. A length of time is given in days, or in min, h, wk, mo, a, <c>{day}</c> for days of the calendar or <c>{night}</c>.</param>
/// <param name="WholeUnits">True when only completed units of a length of time count: rounded down.</param>
public sealed record RecordQuery(
    RecordSelection Selection,
    Aggregate Aggregate,
    ResultElement Element = ResultElement.Default,
    string? Unit = null,
    bool WholeUnits = false);
