using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Medicines;

/// <summary>What a question asks of medicines, allergies or vaccines beyond its names, topics and times.</summary>
internal sealed record MedicineAsk
{
    /// <summary>A question that asks for nothing of the kind.</summary>
    public static MedicineAsk None { get; } = new();

    /// <summary>True when what was being taken at the stated time is meant, whenever it was begun.</summary>
    public bool Taken { get; init; }

    /// <summary>True when the stated time is the patient's death.</summary>
    public bool AtDeath { get; init; }

    /// <summary>True when what is taken at home is meant, as it was told on arrival.</summary>
    public bool AtHome { get; init; }

    /// <summary>True when what was prescribed for the time after a discharge is meant.</summary>
    public bool AtDischarge { get; init; }

    /// <summary>True when the orders of a ward are meant.</summary>
    public bool Inpatient { get; init; }

    /// <summary>True when what is bought without a prescription is meant.</summary>
    public bool Bought { get; init; }

    /// <summary>True when only what is taken now is meant although no word says "current": "which medicines are taken at bedtime".</summary>
    public bool Present { get; init; }

    /// <summary>Kinds that the record has it in, once it is looked up; null where the words say them.</summary>
    public IReadOnlyList<RecordKind>? Kinds { get; init; }

    /// <summary>The visit at which it was told, once it is looked up, or null.</summary>
    public string? Encounter { get; init; }

    /// <summary>Category that such orders have in the record, once it is looked up, or null.</summary>
    public string? Category { get; init; }

    /// <summary>Element that is asked for, or null.</summary>
    public ResultElement? Element { get; init; }

    /// <summary>Labels of what was not done, when that is asked for; else empty.</summary>
    public IReadOnlyList<string> NotCounted { get; init; } = [];

    /// <summary>Statuses that are meant, once they are looked up; else empty.</summary>
    public IReadOnlyList<string> Statuses { get; init; } = [];

    /// <summary>True when an order is said to be meant, not what was given on it.</summary>
    public bool Ordered { get; init; }

    /// <summary>True when the state of an order is asked for, also of one that never counts.</summary>
    public bool AsksStatus { get; init; }

    /// <summary>True when what was not done is said to have been refused.</summary>
    public bool Refused { get; init; }

    /// <summary>What an element of the things asked for says, or null.</summary>
    public ElementFilter? Where { get; init; }

    /// <summary>The UCUM unit that a dose is wanted in, "" for that of the record; null when none is asked for.</summary>
    public string? Unit { get; init; }

    /// <summary>True when the amounts that were given are wanted together.</summary>
    public bool Sum { get; init; }

    /// <summary>True when the question is whether a schedule of vaccines is kept.</summary>
    public bool UpToDate { get; init; }

    /// <summary>True when courses of a treatment are counted, not its parts.</summary>
    public bool Cycles { get; init; }
}
