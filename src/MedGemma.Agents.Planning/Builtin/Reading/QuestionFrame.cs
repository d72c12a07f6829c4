using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Medicines;
using MedGemma.Agents.Planning.Builtin.Reading.Plans;
using MedGemma.Agents.Planning.Builtin.Reading.States;
using MedGemma.Agents.Planning.Builtin.Reading.Times;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Planning.Builtin.Reading.Values;
using MedGemma.Agents.Planning.Builtin.Reading.Visits;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading;

/// <summary>What was understood of a question, before it becomes queries.</summary>
internal sealed record QuestionFrame
{
    public required Asking Asking { get; init; }

    /// <summary>Aggregate that words such as "first", "highest" or "average" ask for, or null.</summary>
    public required Aggregate? Ordering { get; init; }

    /// <summary>True when the difference between the highest and the lowest is asked for, not between the first and the last.</summary>
    public bool BetweenExtremes { get; init; }

    /// <summary>How many of the last ones are wanted, or null.</summary>
    public int? LastCount { get; init; }

    /// <summary>True when the time of a diagnosis is meant: "diagnosed", "onset".</summary>
    public bool Diagnosed { get; init; }

    /// <summary>What interrogatives ask for beyond the form of the question.</summary>
    public Interrogatives Asks { get; init; }

    public required IReadOnlyList<TopicMention> Topics { get; init; }

    public required IReadOnlyList<ConceptMention> Concepts { get; init; }

    public required IReadOnlyList<TimePhrase> Times { get; init; }

    public required string? Route { get; init; }

    public required string? Via { get; init; }

    public required ValueFilter? Value { get; init; }

    /// <summary>Unit that numbers are wanted in, or null.</summary>
    public required string? Unit { get; init; }

    /// <summary>True when distinct things are asked for, not records.</summary>
    public required bool Distinct { get; init; }

    /// <summary>True when any time at all is meant: "ever", "at any time".</summary>
    public required bool Ever { get; init; }

    /// <summary>True when only what holds at the instant of the question is meant: "currently", "at the moment", "still".</summary>
    public required bool Now { get; init; }

    /// <summary>True when a verb says that the present is meant, and none that the past is.</summary>
    public bool IsPresent { get; init; }

    /// <summary>True when what began in a window is meant, not all that lasted in it: "new", "started", "diagnosed".</summary>
    public required bool Began { get; init; }

    /// <summary>True when what was recorded in a window is meant: it began in it or was written down in it.</summary>
    public bool Recorded { get; init; }

    /// <summary>Within how many days of a discharge a readmission is asked for, or null.</summary>
    public required int? ReadmissionDays { get; init; }

    /// <summary>Words that a note is asked to say and that mean nothing else in the record, or null.</summary>
    public required string? NoteWords { get; init; }

    /// <summary>True when the whole amount is asked for: "total".</summary>
    public required bool Total { get; init; }

    /// <summary>True when the question says "when", beyond "the first time".</summary>
    public required bool SaysWhen { get; init; }

    /// <summary>True when the next one is asked for.</summary>
    public required bool Next { get; init; }

    /// <summary>True when what is to come is meant: "next", "upcoming", "scheduled".</summary>
    public required bool Upcoming { get; init; }

    /// <summary>True when the words of a text are meant: "mentions", "says".</summary>
    public required bool MentionsText { get; init; }

    /// <summary>What is asked of medicines and vaccines besides.</summary>
    public MedicineAsk Medicine { get; init; } = MedicineAsk.None;

    /// <summary>Elements that are asked of the same thing, at least two; else empty.</summary>
    public IReadOnlyList<ResultElement> Joined { get; init; } = [];

    /// <summary>True when the amounts are wanted together, where they add up: "how much", "in total", "mL".</summary>
    public bool Amount { get; init; }

    /// <summary>The encounter that the anchor is, once it is looked up, or null.</summary>
    public string? Stay { get; init; }

    /// <summary>True when an appointment is asked for that was kept: "attended", "went to".</summary>
    public bool Attends { get; init; }

    /// <summary>What is asked of visits and stays besides.</summary>
    public VisitAsks Visit { get; init; } = VisitAsks.None;

    /// <summary>The place of the visits that are meant, as the record has it, or null.</summary>
    public string? VisitPlace { get; init; }

    /// <summary>What the reasons of the visits that are meant say; empty when none is asked for.</summary>
    public IReadOnlyList<string> VisitReasons { get; init; } = [];

    /// <summary>Family name of the clinician that a title stands before, or null.</summary>
    public string? Clinician { get; init; }

    /// <summary>True when it is asked where the patient was moved, not where she lay.</summary>
    public bool Moves { get; init; }

    /// <summary>True when the type of something is asked for: "type of the last visit".</summary>
    public bool AsksType { get; init; }

    /// <summary>True when the question is about seeing somebody: "who saw her", "which doctor did he see".</summary>
    public bool Sees { get; init; }

    /// <summary>True when emergency and intensive care stays are left out of hospital stays.</summary>
    public bool InpatientOnly { get; init; }

    /// <summary>Classes of admissions, where the record tells them from other stays.</summary>
    public IReadOnlyList<string> AdmissionClasses { get; init; } = [];

    /// <summary>True when it is asked how a stay ended: where the patient went.</summary>
    public bool EndsHow { get; init; }

    /// <summary>Where it was, when the question bounds it by that: "in the ICU", "ED vitals"; or null.</summary>
    public TopicMention? Setting { get; init; }

    /// <summary>That two values are compared, or null.</summary>
    public Comparison? ComparedWith { get; init; }

    /// <summary>Statuses that results must have, empty for any that counts.</summary>
    public IReadOnlyList<string> Statuses { get; init; } = [];

    /// <summary>How "worst" or "best" was read, or null.</summary>
    public string? ExtremeReading { get; init; }

    /// <summary>True when the status of a result is asked for: "final or preliminary?".</summary>
    public bool AsksStatus { get; init; }

    /// <summary>What results are wanted for each of, or null.</summary>
    public GroupKey? Each { get; init; }

    /// <summary>True when all that is new in a time is asked for.</summary>
    public bool News { get; init; }

    /// <summary>How sure diagnoses are to be, or null.</summary>
    public CertaintyAsk? Certainty { get; init; }

    /// <summary>The element of the code that is asked for, or null.</summary>
    public ResultElement? Code { get; init; }

    /// <summary>The relative that is meant, or null.</summary>
    public string? Relative { get; init; }

    /// <summary>True when which relative it is is asked for.</summary>
    public bool AsksRelative { get; init; }

    /// <summary>What became of what was ordered or planned.</summary>
    public StateAsk State { get; init; }

    /// <summary>True when what a text or a study says is wanted.</summary>
    public bool AsksFindings { get; init; }

    /// <summary>True when orders, referrals or requests are named.</summary>
    public bool AsksOrders { get; init; }

    /// <summary>Words of the role of the member of the care team that is asked for; empty when none is.</summary>
    public IReadOnlyList<string> CareRole { get; init; } = [];

    /// <summary>True when who admitted the patient is asked for.</summary>
    public bool WhoAdmitted { get; init; }

    /// <summary>What is asked of the people around the patient and of what is planned.</summary>
    public CareAsks Care { get; init; } = CareAsks.None;

    /// <summary>What is asked of flags.</summary>
    public FlagAsk Flag { get; init; }

    /// <summary>True when what is charted at the bedside is left out of what was done: operations, coded procedures.</summary>
    public bool CodedOnly { get; init; }

    /// <summary>True when the record has coded procedures beside those that were charted.</summary>
    public bool HasCodedProcedures { get; init; }

    /// <summary>The outcome or the complications of a procedure, where one of them is asked for, or null.</summary>
    public ResultElement? Aspect { get; init; }

    /// <summary>True when reports of what is named say something in words.</summary>
    public bool ReportsSay { get; init; }

    /// <summary>True when only what is new is meant: "newly diagnosed".</summary>
    public bool IsNew { get; init; }

    /// <summary>True when diagnoses of the record name the stays that they were made at.</summary>
    public bool StayHasDiagnoses { get; init; } = true;

    /// <summary>True when the stay itself has diagnoses, beside those of the emergency or intensive care that is part of it.</summary>
    public bool StayIsCoded { get; init; }

    /// <summary>True when the record calls diagnoses those of an encounter.</summary>
    public bool HasEncounterDiagnoses { get; init; }

    /// <summary>True when the record tells the problem list from the diagnoses of visits.</summary>
    public bool HasProblemList { get; init; }

    /// <summary>True when a device is asked for that was put in once, whether or not it is still there.</summary>
    public bool Placed { get; init; }

    /// <summary>True when it is asked whether a test was made, not what came of it.</summary>
    public bool Tested { get; init; }

    /// <summary>True when something is asked to have been found: "isolated", "detected".</summary>
    public bool Detected { get; init; }

    /// <summary>True when it is asked whether cultures were positive or negative: what came of them is the answer.</summary>
    public bool AsksGrowth { get; init; }

    public required AnchorMention? Anchor { get; init; }

    /// <summary>That the question asks how long, or null.</summary>
    public DurationAsk? Duration { get; init; }

    /// <summary>True when the longest or the shortest of several is meant.</summary>
    public bool Longest { get; init; }

    /// <summary>The two events whose distance is asked for, or null.</summary>
    public IntervalMention? Interval { get; init; }

    /// <summary>Words that nothing was made of.</summary>
    public required IReadOnlyList<string> NotUnderstood { get; init; }

    /// <summary>A frame of nothing but a thing, to find out what kinds it is of.</summary>
    public static QuestionFrame Of(TopicMention? topic, ConceptMention? concept) => new()
    {
        Asking = Asking.Plain,
        Ordering = null,
        Topics = topic is null ? [] : [topic],
        Concepts = concept is null ? [] : [concept],
        Times = [],
        Route = null,
        Via = null,
        Value = null,
        Unit = null,
        Distinct = false,
        Ever = false,
        Now = false,
        ReadmissionDays = null,
        NoteWords = null,
        Began = false,
        Next = false,
        Upcoming = false,
        Total = false,
        SaysWhen = false,
        MentionsText = false,
        Anchor = null,
        NotUnderstood = [],
    };
}
