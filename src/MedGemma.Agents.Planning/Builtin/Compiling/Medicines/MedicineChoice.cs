using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Planning.Builtin.Reading.Medicines;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Medicines;

/// <summary>Turns what is asked of medicines and vaccines into kinds, a selection, an element and an aggregate.</summary>
internal static class MedicineChoice
{
    private static readonly string[] s_refusals = ["objection", "refused", "refusal", "refuses", "declined", "declines", "patient decision", "patient choice", "parental decision", "religious objection"];

    private static readonly RecordKind[] s_use = [RecordKind.MedicationRequest, RecordKind.MedicationStatement];

    private static readonly string[] s_active = ["active"];

    /// <summary>The kinds, or null when the rest of the question says them.</summary>
    public static IReadOnlyList<RecordKind>? Kinds(QuestionFrame frame)
    {
        var ask = frame.Medicine;
        var named = frame.Concepts.SelectMany(concept => concept.Kinds).ToHashSet();
        if (ask.Kinds is { } found)
            return found;
        if (ask.UpToDate)
            return [RecordKind.Immunization];
        if (ask.NotCounted.Count > 0)
            return ask.NotCounted is ["do not perform"] or ["cancelled"] or ["draft"] or ["entered in error"] ? [RecordKind.MedicationRequest]
                : named.Contains(RecordKind.Immunization) || frame.Topics.Any(mention => mention.Topic.Kinds is [RecordKind.Immunization]) ? [RecordKind.Immunization]
                : [RecordKind.MedicationAdministration];
        if (ask.Sum)
            return [RecordKind.MedicationAdministration];
        if (named.Any(MedicineReader.IsOfDrugs) && OfSupply(frame) is { } supply)
            return supply is ResultElement.DaysSupply or ResultElement.Quantity ? [RecordKind.MedicationDispense, RecordKind.MedicationRequest] : [RecordKind.MedicationRequest];
        if (ask.Ordered && named.Contains(RecordKind.MedicationRequest) && !frame.Topics.Any(mention => mention.Topic is { Given: true } or { Name: "dispense" }))
            return [RecordKind.MedicationRequest];
        if (ask.Element is not (null or ResultElement.Name) && named.Count > 0)
            return named.Contains(RecordKind.MedicationRequest) ? [RecordKind.MedicationRequest] : named.Contains(RecordKind.MedicationStatement) ? [RecordKind.MedicationStatement] : null;
        if (ask.Where is not null && named.All(MedicineReader.IsOfDrugs) && !frame.Topics.Any(mention => mention.Topic is { Given: true, Rank: > 1 }))
            return ask.Present || frame.Now || frame.Topics.Any(mention => mention.Topic.Current) ? s_use : [RecordKind.MedicationRequest];

        // "Which medicines are given subcutaneously": what is taken so.
        if (frame is { Route: not null, IsPresent: true, Concepts.Count: 0, Times.Count: 0, Anchor: null, Setting: null, Ordering: null } && KindChoice.Leading(frame) is { Name: "medication" or "given" })
            return s_use;

        // "ED drugs": what was given there.
        if (frame is { Setting.Topic.Kinds: [RecordKind.EmergencyVisit or RecordKind.IcuStay], Concepts.Count: 0 } && KindChoice.Leading(frame) is { Name: "medication" })
            return [RecordKind.MedicationAdministration];

        var hasTime = frame.Times.Count > 0 || frame.Anchor is not null || ask.AtDeath;
        if (!ask.Taken || !hasTime || !named.All(MedicineReader.IsOfDrugs) || frame.Began || frame.Topics.Any(mention => mention.Topic.Name is "prescription" or "dispense" or "reason" or "stop" or "dose"))
            return null;

        return frame.Concepts.Count > 0 && (named.Contains(RecordKind.MedicationAdministration) || frame.Concepts.All(concept => concept.Entries.IsEmpty)) ? [.. s_use, RecordKind.MedicationAdministration] : s_use;
    }

    /// <summary>Whether what was being taken in the window is asked for.</summary>
    public static bool IsTakenThen(QuestionFrame frame, IReadOnlyList<RecordKind> kinds, QueryWindow? window) =>
        frame.Medicine is { Taken: true, AtHome: false } && window?.From is not null && !frame.Began && kinds.All(MedicineReader.IsOfDrugs) && kinds.Contains(RecordKind.MedicationStatement);

    /// <summary>The selection with what is asked besides.</summary>
    public static RecordSelection Select(QuestionFrame frame, RecordSelection selection, DateTimeOffset asOf)
    {
        var ask = frame.Medicine;
        if (IsTakenThen(frame, selection.Kinds, selection.Window))
            selection = selection with { CurrentInWindow = true, CurrentOnly = false, BeganInWindow = false, Window = selection.Window! with { Until = selection.Window.Until ?? asOf.AddTicks(1) } };
        if (ask.NotCounted.Count > 0)
            selection = selection with { NotCounted = ask.NotCounted, CurrentOnly = false, Where = ask.Refused ? new ElementFilter(ResultElement.StatusReason, s_refusals) : null };
        if (ask.Statuses.Count > 0)
            selection = selection with { Statuses = ask.Statuses, CurrentOnly = false };
        if (ask.Where is { } where)
            selection = selection with { Where = where, CurrentOnly = selection.CurrentOnly || (ask.Present && selection.Window is null && KindFamilies.AreStates(selection.Kinds)) };
        if (selection.Kinds is [RecordKind.Allergy] && frame.Now && selection.Verifications.Count == 0)
            selection = selection with { Statuses = s_active, CurrentOnly = false };
        if (frame is { Route: not null, IsPresent: true, Concepts.Count: 0, Ordering: null } && selection.Kinds.SequenceEqual(s_use) && selection.Window is null)
            selection = selection with { CurrentOnly = true };
        if (IsOfSeveral(frame) && frame.Topics.Any(mention => mention.Topic.Name is "dose" or "frequency" or "instructions") && selection.Window is null && KindFamilies.AreStates(selection.Kinds) && frame is { Ordering: null, Began: false, Anchor: null, Asking: not Asking.Count })
            selection = selection with { CurrentOnly = true };
        if (ask is { AtHome: false, Kinds: [RecordKind.MedicationStatement], Present: true, NotCounted.Count: 0 } && selection.Window is null)
            selection = selection with { CurrentOnly = true };
        if (ask.AtHome)
            selection = selection with { CurrentOnly = ask.Encounter is null && ask.Present, Encounter = selection.Window is null ? ask.Encounter : null };
        if (ask.Category is { } category)
            selection = selection with { Categories = [category], CurrentOnly = ask.Inpatient && selection.Window is null };
        if (frame is { IsPresent: true, Concepts.Count: 0, Ordering: null, Began: false, Anchor: null } && KindChoice.Leading(frame) is { Name: "dose" } && selection.Window is null && KindFamilies.AreMedications(selection.Kinds) && KindFamilies.AreStates(selection.Kinds) && frame.Topics.Any(mention => mention.Topic.Name == "medication"))
            selection = selection with { CurrentOnly = true };
        return selection;
    }

    /// <summary>The element that is asked for, or null when the rest of the question says it.</summary>
    public static ResultElement? Element(QuestionFrame frame, IReadOnlyList<RecordKind> kinds)
    {
        var ask = frame.Medicine;
        if (ask.UpToDate)
            return ResultElement.Start;
        if (ask.Sum)
            return ResultElement.Dose;
        if (ask.Element is { } element)
            return element;
        if (KindFamilies.AreMedications(kinds) && frame.Concepts.Count > 0 && OfSupply(frame) is { } supply)
            return supply;
        if (kinds is [RecordKind.Allergy] && frame.Topics.Any(mention => mention.Topic.Name == "criticality"))
            return ResultElement.Criticality;
        if (kinds is [RecordKind.Allergy] && (frame.SaysWhen || frame.Asking == Asking.Time))
            return ResultElement.Start;
        if (ask.Where?.Element == ResultElement.Reaction && frame.Asking is not (Asking.YesNo or Asking.Count))
            return ResultElement.Name;
        if (ask.NotCounted.Count > 0 && frame.Asking is not (Asking.YesNo or Asking.Count))
            return frame.SaysWhen || frame.Asking == Asking.Time || (frame.Concepts.Count > 0 && kinds is [RecordKind.MedicationAdministration]) ? ResultElement.Start : ResultElement.Name;
        return (ask.Where is not null || ask.AtDischarge || ask.AtHome || ask.Inpatient) && frame.Concepts.Count == 0 && frame.Asking is Asking.Plain or Asking.Name or Asking.All ? ResultElement.Name
            : IsWhyStopped(frame, kinds) ? ResultElement.StatusReason
            : null;
    }

    /// <summary>The aggregate, or null when the rest of the question says it.</summary>
    public static Aggregate? Aggregate(QuestionFrame frame, IReadOnlyList<RecordKind> kinds, ResultElement element)
    {
        var ask = frame.Medicine;
        if (ask.Sum)
            return new StatisticAggregate(Statistic.Sum);
        if (ask.Element == ResultElement.Name)
            return new ListAggregate(Distinct: true);
        if (ask.UpToDate || IsWhyStopped(frame, kinds))
            return new LatestAggregate();
        if (ask.NotCounted.Count > 0 && frame.Ordering is null && element is not ResultElement.Default && frame.Asking is not (Asking.YesNo or Asking.Count))
            return new ListAggregate(Distinct: element == ResultElement.Name);
        if (KindFamilies.AreMedications(kinds) && frame.Concepts.Count > 0 && OfSupply(frame) is { } supply && element == supply)
            return frame.Ordering ?? new LatestAggregate();

        // Of a class, each that is taken has a dose of its own.
        if (frame is { Ordering: null, Asking: not (Asking.YesNo or Asking.Count) } && element is ResultElement.Dose or ResultElement.DosageInstruction or ResultElement.Frequency && KindFamilies.AreMedications(kinds) && IsOfSeveral(frame))
            return new ListAggregate();
        return ask.Element is ResultElement.Dose or ResultElement.DosageInstruction or ResultElement.Frequency or ResultElement.AsNeeded or ResultElement.Status && frame.Concepts.Count > 0 ? frame.Ordering ?? new LatestAggregate() : null;
    }

    private static bool IsOfSeveral(QuestionFrame frame) => frame.Concepts is [{ Match.How: "class" } drugs] && drugs.Entries.Length > 1;

    /// <summary>What of an order or a dispense is asked for: its end, its repeats, how much it was and how long it lasts.</summary>
    private static ResultElement? OfSupply(QuestionFrame frame) =>
        frame.Topics.FirstOrDefault(mention => mention.Topic.Name is "refills" or "days supply" or "quantity" or "expiry") is { } mention ? mention.Topic.Element : null;

    /// <summary>The selection of what was stopped: an infusion that was, where one is named, else the order.</summary>
    public static RecordSelection OfStopped(QuestionFrame frame, RecordSelection selection)
    {
        var ofDoses = frame.Concepts.Any(concept => concept.Kinds.Contains(RecordKind.MedicationAdministration))
            && (frame.Topics.Any(mention => mention.Topic.Name is "administration" or "dose") || !frame.Concepts.Any(concept => concept.Kinds.Any(s_use.Contains)));
        return ofDoses
            ? selection with { Kinds = [RecordKind.MedicationAdministration], Statuses = ["stopped"], CurrentOnly = false }
            : selection with { Kinds = [RecordKind.MedicationRequest, RecordKind.MedicationStatement], Statuses = ["stopped", "completed", "on-hold"], CurrentOnly = false };
    }

    /// <summary>"Why was warfarin stopped" is asked of the status, not of what the drug was for.</summary>
    public static bool IsWhyStopped(QuestionFrame frame, IReadOnlyList<RecordKind> kinds) =>
        KindFamilies.AreMedications(kinds) && frame.Concepts.Count > 0
        && frame.Topics.Any(mention => mention.Topic.Name == "reason") && frame.Topics.Any(mention => mention.Topic.Name is "stop" or "come off" or "no longer");
}
