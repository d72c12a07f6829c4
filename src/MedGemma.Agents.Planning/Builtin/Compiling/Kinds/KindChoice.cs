using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Planning.Builtin.Reading.States;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Kinds;

/// <summary>Decides which kinds of things a frame is about, from its topics and from what its concepts are in the record.</summary>
internal sealed class KindChoice(PlannerConventions conventions)
{
    private static readonly RecordKind[] s_medicationKinds =
    [
        RecordKind.MedicationRequest, RecordKind.MedicationStatement, RecordKind.MedicationAdministration, RecordKind.MedicationDispense, RecordKind.Intake,
        RecordKind.Medication,
    ];

    // Of the kinds that a resource has at once, what a question without a topic means by it.
    private static readonly RecordKind[] s_general =
        [RecordKind.Any, RecordKind.Observation, RecordKind.Encounter, RecordKind.Medication];

    private static bool IsMeasured(RecordKind kind) => kind is RecordKind.Any or RecordKind.Observation or RecordKind.LaboratoryResult or RecordKind.VitalSign;

    private static bool IsTest(RecordKind kind) => kind is RecordKind.Observation or RecordKind.LaboratoryResult or RecordKind.VitalSign;

    /// <summary>Whether the question is one that only a measurement answers.</summary>
    private static bool AsksOfNumbers(QuestionFrame frame) => frame.Concepts.Count > 0
        && (frame.Value is { Comparison: ValueComparison.Normal or ValueComparison.Abnormal or ValueComparison.AboveRange or ValueComparison.BelowRange } || frame.ComparedWith is not null
            || frame.Topics.Any(mention => mention.Topic.Element is ResultElement.ReferenceRange or ResultElement.ReferenceLow or ResultElement.ReferenceHigh or ResultElement.Interpretation));

    private static bool IsMicrobiology(RecordKind kind) => kind is RecordKind.Organism or RecordKind.Susceptibility or RecordKind.MicrobiologyTest or RecordKind.Specimen;

    /// <summary>Whether the words are said of medicines: prescribed, given, stopped, for what.</summary>
    private static bool AsksOfDrug(QuestionFrame frame) =>
        frame.Asks.Who || frame.Asks.WhatFor || frame.Asks.Frequency || frame.Route is not null || frame.Medicine.Element is not null
        || frame.Topics.Any(mention => mention.Topic.Name is "performer" or "reason" or "stop" or "come off" or "no longer" or "start" || (mention.Topic.Kinds.Count > 0 && mention.Topic.Kinds.All(s_medicationKinds.Contains)));

    private static bool IsOfDrugs(Topic topic) => topic.Kinds.All(s_medicationKinds.Contains);

    /// <summary>The topic that says what the frame is about, or null.</summary>
    public static Topic? Leading(QuestionFrame frame)
    {
        Topic? leading = null;
        foreach (var mention in frame.Topics)
            if (mention.Topic.Kinds.Count > 0 && (leading is null || mention.Topic.Rank > leading.Rank))
                leading = mention.Topic;

        return leading;
    }

    /// <summary>The kinds, empty when nothing says.</summary>
    public IReadOnlyList<RecordKind> Choose(QuestionFrame frame)
    {
        // "What has he come off" is asked of drugs.
        if (frame.Concepts.Count == 0 && frame.Topics.Any(mention => mention.Topic.Name == "come off") && !frame.Topics.Any(mention => mention.Topic.Rank > 1))
            return [RecordKind.MedicationRequest];

        var leading = Leading(frame);
        var conceptKinds = frame.Concepts.SelectMany(concept => concept.Kinds).Distinct().ToArray();

        // "Who prescribed the ceftriaxone" is asked of the drug, not of what grew against it.
        if (conceptKinds.Contains(RecordKind.Susceptibility) && conceptKinds.Any(s_medicationKinds.Contains) && AsksOfDrug(frame) && !frame.Topics.Any(mention => mention.Topic.Kinds.Any(IsMicrobiology)) && !conceptKinds.Any(kind => kind is RecordKind.Organism or RecordKind.MicrobiologyTest or RecordKind.Specimen))
            conceptKinds = [.. conceptKinds.Where(s_medicationKinds.Contains)];

        // "Is the vitamin D normal" is asked of the test, not of the tablets.
        if (AsksOfNumbers(frame) && frame.Concepts.All(concept => concept.Kinds.Any(IsTest)) && conceptKinds.Any(kind => !IsTest(kind)))
            return FromConcept([.. conceptKinds.Where(IsTest)], null);

        // "Latest potassium" is the result, whatever salts of it are given.
        if (leading is null or { Rank: 1, Given: false } && conceptKinds.Any(s_medicationKinds.Contains) && Analytes.AreMeant(frame.Concepts))
            return FromConcept([.. conceptKinds.Where(IsTest)], null);

        // "How much has the LDL changed" is no dose, nor is a dose of vaccine an order of a drug; "what was the BMI when first taken" is no intake.
        if (leading is not null && IsOfDrugs(leading) && conceptKinds.Length > 0 && !conceptKinds.Any(s_medicationKinds.Contains)
            && (leading.Element == ResultElement.Dose || conceptKinds.All(IsMeasured)))
            return FromConcept(conceptKinds, null);

        // "Was the ultrasound ordered" is asked of requests, not of prescriptions.
        if (leading is { Name: "prescription" } && conceptKinds.Length > 0 && !conceptKinds.Any(s_medicationKinds.Contains) && conceptKinds.Any(kind => kind is RecordKind.ServiceRequest or RecordKind.Procedure or RecordKind.ImagingStudy))
            return [RecordKind.ServiceRequest];

        // "Who ordered the echo" is asked of the order, not of who did it.
        if (frame.Asks.Who && frame.AsksOrders && conceptKinds.Contains(RecordKind.ServiceRequest) && leading is null or { Rank: <= 2 } or { Name: "prescription" or "referral" })
            return [RecordKind.ServiceRequest];

        // "Cefazolin for the proteus" is asked of a susceptibility.
        if (leading is null or { Rank: <= 2 } && frame.Concepts.Any(concept => concept.Kinds.Contains(RecordKind.Organism)) && frame.Concepts.Any(concept => concept.Kinds.Contains(RecordKind.Susceptibility)))
            return [RecordKind.Susceptibility];

        // "What specimen grew the enterococcus" is that of the organism, not of a test that is named after one.
        if (leading is { Name: "specimen" } && frame.Concepts.Count > 0 && frame.Concepts.All(concept => concept.Entries.Any(entry => entry.Kinds.Contains(RecordKind.Organism))))
            return [RecordKind.Organism];

        // "ICU length of stay" is that of the ICU stay.
        if (leading is { Name: "length of stay" } && frame.Topics.FirstOrDefault(mention => mention.Topic != leading && mention.Topic.Rank > 3 && KindFamilies.AreStays(mention.Topic.Kinds)) is { } stay)
            return stay.Topic.Kinds;

        // "Was C. difficile found" is asked of what grew and of the tests for it, not of a diagnosis.
        if (frame.Detected && leading is null or { Rank: <= 2 } && frame.Concepts.Any(concept => concept.Kinds.Contains(RecordKind.Organism)) && frame.Concepts.All(concept => concept.Kinds.Any(kind => kind is RecordKind.Organism or RecordKind.MicrobiologyTest)))
            return frame.Asking == Asking.YesNo && frame.Concepts.All(concept => concept.Entries.Any(entry => entry.Kinds.Contains(RecordKind.Organism)))
                ? [RecordKind.Organism]
                : [.. new[] { RecordKind.Organism, RecordKind.MicrobiologyTest }.Where(conceptKinds.Contains)];

        // "The pressure injury plan" is a plan, not the injury.
        if (frame.Topics.FirstOrDefault(mention => mention.Topic.Kinds is [RecordKind.CarePlan]) is { } plan && frame.Concepts is [var planned] && planned.Span.After == plan.Span.First)
            return [RecordKind.CarePlan];

        // "How old was his mother when" is asked of the relative.
        if (leading is { Name: "age" } && frame.Topics.Any(mention => mention.Topic.Kinds is [RecordKind.FamilyHistory]) && frame.Concepts.Count > 0)
            return [RecordKind.FamilyHistory];

        // Who attended at a visit is said by that visit.
        if (leading is { Name: "attending" } && Visited(frame) is { } visited)
            return visited;

        // Where a line lies is said by the procedure that put it there.
        if ((frame.Asks.Where || frame.Topics.Any(mention => mention.Topic.Name == "body site")) && conceptKinds.Contains(RecordKind.Procedure))
            return [RecordKind.Procedure];

        // "How did she come in" is asked of the stay.
        if (frame.Asks.WhereFrom && (frame.Concepts.Count == 0 || frame.Concepts.All(concept => concept.Kinds.Any() && concept.Kinds.All(kind => kind is RecordKind.Condition))))
            return leading is { Rank: > 3 } && KindFamilies.AreStays(leading.Kinds) ? leading.Kinds : [RecordKind.HospitalStay];

        // "Why was the admission's source ...": a reason, a source of an emergency visit is that of the visit.
        if (leading is { Name: "arrival mode" or "admission source" or "discharge disposition" or "visit reason" or "attending" or "admitter" or "discharger" or "service" } && frame.Topics.FirstOrDefault(mention => mention.Topic != leading && mention.Topic is { Rank: > 1, Element: null } && KindFamilies.AreStays(mention.Topic.Kinds)) is { } of)
            return of.Topic.Kinds;

        var given = frame.Topics.Any(mention => mention.Topic.Given);
        var isDrug = conceptKinds.Length > 0 && conceptKinds.All(s_medicationKinds.Contains);

        // "Latest potassium" is a laboratory value, also in a chart that has potassium only as a drug.
        if (isDrug && leading is null or { Rank: 1, Given: false } && frame.Ordering is not null && frame.Asking is Asking.Plain or Asking.All
            && frame.Concepts.All(concept => concept.KnownKinds.Contains(RecordKind.LaboratoryResult)))
            return [RecordKind.LaboratoryResult];

        // "When is the next visit" is asked of what is planned, not of what was.
        if (frame.Next && leading is { Name: "visit" or "outpatient visit" or "check up" })
            return [RecordKind.Appointment];

        // "The last appointment he attended" is a visit.
        if (leading is { Name: "appointment" } && frame.Attends)
            return [RecordKind.Encounter];

        // "When was metoprolol d/c'd" is its end.
        if (isDrug && leading is { Name: "discharge" })
            return [RecordKind.MedicationRequest];

        if (leading is { Name: "intake" } && frame.Concepts.Count == 0)
            return [RecordKind.Intake, RecordKind.MedicationAdministration];

        // "Which unit was the ICU stay on" is asked of the stay: its place.
        if (leading is { Name: "care unit" } && frame.Topics.Any(mention => mention.Topic.Kinds is [RecordKind.IcuStay]))
            return [RecordKind.IcuStay];

        if (leading is { Rank: >= 4 })
            return Elsewhere(leading, conceptKinds, frame) ?? ChooseDose(leading, given, frame);

        var drug = frame.Concepts.Count > 0
            ? conceptKinds.Length > 0 && conceptKinds.All(s_medicationKinds.Contains)
            : leading is not null && leading.Kinds.All(s_medicationKinds.Contains);
        if (drug)
            return ChooseMedication(frame, leading, conceptKinds, given);

        if (leading is { Rank: > 1 } && (conceptKinds.Length == 0 || leading.Kinds.Any(kind => kind == RecordKind.Any || conceptKinds.Contains(kind))))
            return leading.Kinds;

        if (conceptKinds.Length > 0)
            return FromConcept(conceptKinds, leading);

        // "Which orders were cancelled".
        if (leading is null && frame is { State: not (StateAsk.None or StateAsk.Status), AsksOrders: true, Concepts.Count: 0 })
            return [RecordKind.ServiceRequest];

        // "Which doctor did he see last": at a visit.
        if (leading is null && (frame.Asks.Who || frame.Topics.Any(mention => mention.Topic.Element == ResultElement.Performer)) && frame.Sees)
            return [RecordKind.Encounter];

        // "When did Dr Ek see her": at a visit.
        if (leading is null && frame is { Sees: true, Clinician: not null, Concepts.Count: 0 })
            return [RecordKind.Encounter];

        // "When did we last see him": at a visit.
        if (leading is null && frame is { Sees: true, Concepts.Count: 0, Ordering: LatestAggregate or EarliestAggregate or NthAggregate })
            return [RecordKind.Encounter];

        // "What brought her in on 18 November": a visit.
        if (leading is null && frame.Asks.WhatFor && frame.Concepts.Count == 0 && (frame.Times.Count > 0 || frame.Ordering is not null))
            return [RecordKind.Encounter];

        return leading?.Kinds ?? [];
    }

    /// <summary>The kind of visit that a question is about besides, or null.</summary>
    private static IReadOnlyList<RecordKind>? Visited(QuestionFrame frame)
    {
        var topics = frame.Topics.Select(mention => mention.Topic).Append(frame.Anchor?.Event.Topic?.Topic).OfType<Topic>();
        if (topics.FirstOrDefault(topic => topic.Rank > 1 && topic.Name != "attending" && KindFamilies.AreStays(topic.Kinds)) is { } visit)
            return visit.Kinds;

        return frame.Anchor?.Event.Concept is { } concept && concept.Kinds.Where(kind => KindFamilies.AreStays([kind])).ToArray() is { Length: > 0 } kinds ? FromConcept(kinds, null) : null;
    }

    /// <summary>Kinds in which a name of the frame is not found, and would have changed the choice if it were: the choice is only sure where those were completely supplied.</summary>
    public IEnumerable<RecordKind> OtherwiseChosenBy(QuestionFrame frame) => OtherwiseChosenBy(frame, (asked, _) => (Choose(asked), true));

    /// <summary>The same of a choice that is made by more than the words.</summary>
    /// <param name="frame">What was understood.</param>
    /// <param name="choose">The kinds, and whether they can be asked, if the record had what is named of a kind besides, or with null as it is.</param>
    public static IEnumerable<RecordKind> OtherwiseChosenBy(QuestionFrame frame, Func<QuestionFrame, RecordKind?, (IReadOnlyList<RecordKind> Kinds, bool CanBeAsked)> choose)
    {
        var chosen = choose(frame, null);
        foreach (var concept in frame.Concepts)
        {
            var known = concept.Kinds.Concat(concept.KnownKinds).ToHashSet();
            var possible = known.Overlaps(s_medicationKinds) ? known.Union(s_medicationKinds) : known;
            foreach (var kind in possible.Where(kind => concept.Entries.IsEmpty || !concept.Kinds.Contains(kind)))
            {
                var otherwise = choose(frame with { Concepts = [.. frame.Concepts.Select(other => ReferenceEquals(other, concept) ? other with { Supposed = kind } : other)] }, kind);
                if (otherwise.CanBeAsked != chosen.CanBeAsked || !otherwise.Kinds.SequenceEqual(chosen.Kinds))
                    yield return kind;
            }
        }
    }

    /// <summary>What the topic's kinds do not have by that name may be recorded under others; that there is none is said of all of them.</summary>
    private static RecordKind[]? Elsewhere(Topic leading, RecordKind[] conceptKinds, QuestionFrame frame)
    {
        if (leading.AlsoAs is not { } others || frame.Concepts.Count == 0)
            return null;

        if (frame.Concepts.All(concept => concept.Entries.IsEmpty))
            return [.. leading.Kinds, .. others];

        var shared = others.Where(conceptKinds.Contains).ToArray();
        return shared.Length > 0 && !conceptKinds.Any(leading.Kinds.Contains) ? FromConcept(shared, null) : null;
    }

    // How many doses, and the last dose of what is charted as given, are of what was given; the dose of an order is the order's.
    private IReadOnlyList<RecordKind> ChooseDose(Topic leading, bool given, QuestionFrame frame) =>
        leading.Element == ResultElement.Dose && conventions.Given == GivenReading.Administrations
        && !frame.Topics.Any(mention => mention.Topic.Name == "prescription")
        && (given || frame.Asking == Asking.Count || frame.Concepts.Any(concept => concept.Kinds.Contains(RecordKind.MedicationAdministration) && !concept.Kinds.Contains(RecordKind.MedicationRequest)) || (frame.Ordering is LatestAggregate or EarliestAggregate && frame.Concepts.Any(concept => concept.Kinds.Contains(RecordKind.MedicationAdministration))))
            ? [RecordKind.MedicationAdministration]
            : leading.Kinds;

    private IReadOnlyList<RecordKind> ChooseMedication(QuestionFrame frame, Topic? leading, RecordKind[] conceptKinds, bool given)
    {
        if (conventions.Given == GivenReading.IntakeThenOrders)
        {
            var bedside = frame.Concepts.Any(concept => concept.Verbatim && concept.Kinds.Contains(RecordKind.Intake));
            return bedside || leading?.Kinds.Contains(RecordKind.Intake) == true ? [RecordKind.Intake] : [RecordKind.MedicationRequest];
        }

        // Why, and by whom, a drug was begun, and that it was stopped, is said by its order.
        if (conceptKinds.Contains(RecordKind.MedicationRequest) && (frame.Asks.WhatFor || frame.Asks.Frequency || frame.Topics.Any(mention => mention.Topic.Name is "reason" or "stop" or "come off" or "no longer") || (frame.Asks.Who && !given)))
            return [RecordKind.MedicationRequest];

        if (frame.Now && leading?.Given != true)
            return [RecordKind.MedicationRequest, RecordKind.MedicationStatement];

        // Whether a drug that nobody charts as given was had at all is said by its orders.
        var charted = conceptKinds.Length == 0 || conceptKinds.Contains(RecordKind.MedicationAdministration) || conceptKinds.Contains(RecordKind.Intake) || frame.Concepts.All(concept => concept.Entries.IsEmpty);
        if (given)
            return charted || frame.Asking != Asking.YesNo ? [RecordKind.MedicationAdministration] : [RecordKind.Medication];

        if (leading is { Name: "taken" })
            return charted && frame.Asking != Asking.YesNo ? leading.Kinds : [RecordKind.Medication];

        if (leading is { Rank: > 1 } && leading.Kinds is not [RecordKind.Medication])
            return leading.Kinds;

        // "Last ceftriaxone - time" of a drug that is charted as given is when it was given.
        if (frame is { Ordering: LatestAggregate, Asking: Asking.Time or Asking.Plain } && leading is null && conceptKinds.Contains(RecordKind.MedicationAdministration))
            return [RecordKind.MedicationAdministration];

        return conceptKinds.Length == 0 || conceptKinds.Contains(RecordKind.MedicationRequest) && frame.Asking is Asking.Count or Asking.Time or Asking.Duration
            ? [RecordKind.MedicationRequest]
            : [RecordKind.Medication];
    }

    private static RecordKind[] FromConcept(RecordKind[] conceptKinds, Topic? leading)
    {
        if (leading is not null && leading.Kinds.FirstOrDefault(conceptKinds.Contains) is var shared and not RecordKind.Any)
            return [shared];

        var specific = conceptKinds.Where(kind => !s_general.Contains(kind)).ToArray();
        return specific.Length > 0 ? specific : conceptKinds;
    }
}
