using System.Text.Json.Serialization;

namespace MedGemma.Agents.Records.Queries;

/// <summary>Which resources of a record a query is about. Conditions are joined by "and"; the members of a list by "or".</summary>
public sealed record RecordSelection
{
    /// <summary>Kinds to take; never empty.</summary>
    public required IReadOnlyList<RecordKind> Kinds { get; init; }

    /// <summary>What the thing is called, resolved against the codes and texts of this record; several are alternatives.</summary>
    public IReadOnlyList<string> Concepts { get; init; } = [];

    /// <summary>Exact codes, <c>code</c> or <c>system|code</c>; several are alternatives.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];

    /// <summary>Category codes or displays; several are alternatives.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>
    /// Only resources with one of these statuses (the FHIR status or clinicalStatus code). What never counts stays out unless the very status is named that keeps it from counting
    /// (not-done, revoked, cancelled); what was entered in error always does.
    /// </summary>
    public IReadOnlyList<string> Statuses { get; init; } = [];

    /// <summary>Only diagnoses and allergies that are as sure as one of these (the FHIR verificationStatus code); refuted ones are taken only where this names them.</summary>
    public IReadOnlyList<string> Verifications { get; init; } = [];

    /// <summary>Only resources of this Encounter or of one that is part of it, as <c>Encounter/id</c>.</summary>
    public string? Encounter { get; init; }

    /// <summary>Only resources of the Encounter itself, not of one that is part of it; says nothing without <see cref="Encounter"/>.</summary>
    public bool WithoutParts { get; init; }

    /// <summary>Only what belongs to an Encounter of one of these kinds or happened while one lasted: measured in intensive care, given in the emergency department. Empty for everywhere.</summary>
    public IReadOnlyList<RecordKind> Setting { get; init; } = [];

    /// <summary>Route of administration code or display, for medication kinds.</summary>
    public string? Route { get; init; }

    /// <summary>Admission source, for encounters; location, for care units; specimen type, for microbiology; relationship, for family history.</summary>
    public string? Via { get; init; }

    /// <summary>When; null is all time up to the instant of the question.</summary>
    public QueryWindow? Window { get; init; }

    /// <summary>Only what began inside the window: diagnosed, started, new then; otherwise what lasts counts in every window that it overlaps.</summary>
    public bool BeganInWindow { get; init; }

    /// <summary>Only what began inside the window or was recorded in it, whenever it began.</summary>
    public bool RecordedInWindow { get; init; }

    /// <summary>Only stays that began within this many days after the end of another of the same kinds: readmissions.</summary>
    public int? WithinDaysOfPrevious { get; init; }

    /// <summary>Only quantities on one side of a bound.</summary>
    public ValueFilter? Value { get; init; }

    /// <summary>Words that a note must contain, for documents.</summary>
    public string? NoteText { get; init; }

    /// <summary>Only what is current at the instant of the question: active conditions, medications being taken, ongoing encounters.</summary>
    public bool CurrentOnly { get; init; }

    /// <summary>
    /// Only medicines that were being taken, or whose order was in force, at some moment of the window, whenever they were begun. Without a window with a beginning and an end it cannot be run.
    /// </summary>
    public bool CurrentInWindow { get; init; }

    /// <summary>
    /// Only what is left out otherwise because of its status, by the label that the status table gives it: <c>not done</c>, <c>not given</c>, <c>dose held</c>, <c>do not perform</c>,
    /// <c>cancelled</c>, <c>draft</c>, <c>entered in error</c>; several are alternatives. Empty takes what counts.
    /// </summary>
    public IReadOnlyList<string> NotCounted { get; init; } = [];

    /// <summary>Whether only what is current is taken, at the instant of the question or in the window.</summary>
    [JsonIgnore]
    public bool IsOfCurrent => CurrentOnly || CurrentInWindow;

    /// <summary>Only resources of which an element says some words.</summary>
    public ElementFilter? Where { get; init; }

    /// <summary>Only resources of which an element says none of some words: wards other than the emergency department.</summary>
    public ElementFilter? WhereNot { get; init; }

    /// <summary>
    /// Kinds that this selection was itself chosen by: the event that its window hangs on ("during the last stay"), or those that its name is in none of. It is only
    /// known to be the right one when they were completely supplied. Empty where the question states all of it.
    /// </summary>
    public IReadOnlyList<RecordKind> RestsOn { get; init; } = [];
}
