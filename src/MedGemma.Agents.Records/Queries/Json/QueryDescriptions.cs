using System.Collections.Frozen;

namespace MedGemma.Agents.Records.Queries.Json;

/// <summary>What each member of a query means, in the words of the published schema.</summary>
internal static class QueryDescriptions
{
    private static readonly FrozenDictionary<(Type, string), string> Members = new Dictionary<(Type, string), string>
    {
        [(typeof(RecordQuery), "selection")] = "Which resources of the one patient's record.",
        [(typeof(RecordQuery), "aggregate")] = "What to make of them.",
        [(typeof(RecordQuery), "element")] = "Which element of each to return; 'default' is an observation's value, otherwise the name.",
        [(typeof(RecordQuery), "unit")] = "UCUM unit to give quantities in; leave out to take them as recorded, lengths of time in days. Lengths: min, h, d, wk, mo, a, {day} for days of the calendar or {night}.",
        [(typeof(RecordQuery), "wholeUnits")] = "True counts only completed units of a length of time.",
        [(typeof(RecordSelection), "kinds")] = "Kinds to take; at least one. 'any' is everything, 'medication' every medication resource, 'hospital-stay' an admission, 'care-unit' a location within an encounter.",
        [(typeof(RecordSelection), "concepts")] = "What the thing is called, as in the question ('HbA1c', 'blood thinner'); several are alternatives.",
        [(typeof(RecordSelection), "codes")] = "Exact codes, 'code' or 'system|code'; several are alternatives.",
        [(typeof(RecordSelection), "categories")] = "Category codes or displays; several are alternatives.",
        [(typeof(RecordSelection), "statuses")] = "Only these statuses. What was entered in error is always left out, what was not done, revoked or cancelled unless that is named here.",
        [(typeof(RecordSelection), "verifications")] = "Only diagnoses and allergies of these verification statuses (unconfirmed, provisional, differential, confirmed, refuted); refuted ones are left out unless named here.",
        [(typeof(RecordSelection), "encounter")] = "Only resources of this encounter and its parts, written Encounter/id.",
        [(typeof(RecordSelection), "withoutParts")] = "With encounter: only resources of the encounter itself, not of its parts (the emergency visit or intensive care within a stay).",
        [(typeof(RecordSelection), "setting")] = "Only what belongs to an encounter of one of these kinds or happened during one: 'icu-stay', 'emergency-visit', 'hospital-stay', 'outpatient-visit'; leave out for everywhere.",
        [(typeof(RecordSelection), "route")] = "Route of administration, code or display, for medications.",
        [(typeof(RecordSelection), "via")] = "Admission source for encounters, location for care units, specimen type for microbiology, relationship (mother, sibling) for family history.",
        [(typeof(RecordSelection), "window")] = "When; leave out for all time up to the question.",
        [(typeof(RecordSelection), "beganInWindow")] = "Only what began inside the window (diagnosed, started or new then); otherwise what lasts counts when it overlaps.",
        [(typeof(RecordSelection), "recordedInWindow")] = "Only what began inside the window or was recorded in it.",
        [(typeof(RecordSelection), "withinDaysOfPrevious")] = "Only encounters that began within this many days after the end of another of the same kinds: readmissions.",
        [(typeof(RecordSelection), "value")] = "Only quantities on one side of a bound.",
        [(typeof(RecordSelection), "noteText")] = "Words that a note must contain, for documents.",
        [(typeof(RecordSelection), "currentOnly")] = "Only what is current at the instant of the question.",
        [(typeof(RecordSelection), "currentInWindow")] = "Only medicines that were being taken at some moment of the window, whenever they were begun; the window needs both bounds.",
        [(typeof(RecordSelection), "notCounted")] = "Only what is otherwise left out because of its status, by label: 'not done', 'not given', 'dose held', 'do not perform', 'cancelled', 'draft'; leave out to take what counts.",
        [(typeof(RecordSelection), "where")] = "Only resources of which an element says some words: the reason of an order, the reaction of an allergy.",
        [(typeof(RecordSelection), "whereNot")] = "Only resources of which an element says none of some words: wards other than the emergency department.",
        [(typeof(RecordSelection), "restsOn")] = "Kinds that the selection itself was chosen by, such as the stays of which the window is the last; leave out where the question states it.",
        [(typeof(QueryWindow), "from")] = "First moment inside, ISO 8601 with offset.",
        [(typeof(QueryWindow), "until")] = "First moment after, ISO 8601 with offset; leave out for the instant of the question.",
        [(typeof(QueryWindow), "text")] = "How the question put it.",
        [(typeof(ValueFilter), "comparison")] = "Relation to the bound; 'abnormal' and 'normal' go by the record's own reference range or interpretation.",
        [(typeof(ValueFilter), "bound")] = "The bound; 0 for abnormal and normal.",
        [(typeof(ValueFilter), "upper")] = "The upper bound, for between and outside; leave out for the others.",
        [(typeof(ValueFilter), "unit")] = "UCUM unit of the bound; leave out for the unit that the values are recorded in.",
        [(typeof(ElementFilter), "element")] = "Which element.",
        [(typeof(ElementFilter), "words")] = "Words one of which the element says; an empty list where it need only be recorded.",
        [(typeof(NthAggregate), "n")] = "1 is the first, -1 the last, -2 the one before it; not 0.",
        [(typeof(ListAggregate), "distinct")] = "True lists each concept once.",
        [(typeof(ListAggregate), "last")] = "Only this many of the last by clinical time, at least 1; null lists all.",
        [(typeof(CountAggregate), "distinct")] = "True counts distinct concepts, false resources.",
        [(typeof(ExtremeAggregate), "highest")] = "True for the maximum, false for the minimum.",
        [(typeof(DeltaAggregate), "last")] = "Only this many of the last times, at least 2; leave out for the first and the last of all.",
        [(typeof(DeltaAggregate), "fall")] = "True gives by how much it fell: first minus last; false gives last minus first.",
        [(typeof(DeltaAggregate), "percent")] = "True gives the difference as a percentage of the first value.",
        [(typeof(ChangedAggregate), "higher")] = "True asks whether the last is higher than the first, false whether it is lower.",
        [(typeof(ChangedAggregate), "last")] = "Only this many of the last times, at least 2; leave out for the first and the last of all.",
        [(typeof(StatisticAggregate), "statistic")] = "Which statistic of the plain numbers.",
        [(typeof(TimeBetweenAggregate), "until")] = "The other selection; leave out for the time up to the question.",
        [(typeof(TimeBetweenAggregate), "fromEnd")] = "True counts from the end of the first, such as a discharge.",
        [(typeof(TimeBetweenAggregate), "untilEnd")] = "True counts to the end of the other.",
        [(typeof(GroupAggregate), "by")] = "What to group by.",
        [(typeof(GroupAggregate), "each")] = "What to make of each group; not a group, time-between nor calculate.",
        [(typeof(CalculateAggregate), "formula")] = "A clinical formula over the whole record; it finds its own inputs, so that of the selection only the window counts (kinds: any).",
    }.ToFrozenDictionary();

    /// <summary>What a member means, or null when it is not described.</summary>
    /// <param name="declaring">Type that has the member.</param>
    /// <param name="name">Its JSON name.</param>
    public static string? Of(Type declaring, string name) => Members.GetValueOrDefault((declaring, name));
}
