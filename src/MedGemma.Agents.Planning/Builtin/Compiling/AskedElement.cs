using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Compiling.Visits;
using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Planning.Builtin.Reading.People;
using MedGemma.Agents.Planning.Builtin.Reading.Plans;
using MedGemma.Agents.Planning.Builtin.Reading.States;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling;

/// <summary>The element that an interrogative asks for, by the kinds of things it is asked of: "where" is a hospital of a visit and a place on the body of a line.</summary>
internal static class AskedElement
{
    /// <summary>The element, or null when no interrogative settles it.</summary>
    public static ResultElement? Of(QuestionFrame frame, IReadOnlyList<RecordKind> kinds)
    {
        if (frame.Code is { } code && frame.Asking is not Asking.Count)
            return code;
        if (frame.Certainty is { AsksWhich: true })
            return ResultElement.Verification;
        if (BillingChoice.Applies(kinds))
            return BillingChoice.Element(frame);
        if (frame.Care.Contact is { } contact && kinds is [RecordKind.Patient])
            return contact.Element;
        if (kinds is [RecordKind.FamilyHistory])
            return OfFamily(frame);
        if (kinds.Count == 0 || kinds.Any(kind => kind is RecordKind.Patient or RecordKind.FamilyHistory))
            return null;

        if (ReportText.IsAsked(frame, kinds))
            return ResultElement.Text;
        if (frame.AsksStatus || frame.State == StateAsk.Status)
            return ResultElement.Status;
        if (frame.State != StateAsk.None && (Names(frame, "reason") || (frame.Asks.WhatFor && kinds is not [RecordKind.Appointment])))
            return ResultElement.StatusReason;
        if (frame.WhoAdmitted && KindFamilies.AreStays(kinds))
            return ResultElement.Admitter;
        if (frame.Care.Plan == PlanAsk.Contents && kinds is [RecordKind.CarePlan])
            return ResultElement.Activity;
        if (frame.Aspect is { } aspect && kinds.All(kind => kind is RecordKind.Procedure or RecordKind.ServiceRequest or RecordKind.ImagingStudy))
            return aspect;
        if (frame.Care.Order is { AsksPriority: true })
            return ResultElement.Priority;
        if (frame.Flag == FlagAsk.End && kinds is [RecordKind.Flag])
            return ResultElement.End;

        var asks = frame.Asks;
        if (asks.WhatFor && HaveReasons(kinds))
            return kinds is [RecordKind.Appointment] && frame.Asking == Asking.Name ? ResultElement.Name : ResultElement.Reason;
        // "Who admitted him", "who was the attending": of all who took part the one who did that.
        if (KindFamilies.AreStays(kinds) && Names(frame, "place") && frame.Topics.Any(mention => mention.Topic.Element == ResultElement.Attender) && !asks.Who)
            return ResultElement.Location;
        if (KindFamilies.AreStays(kinds) && frame.Topics.Select(mention => mention.Topic.Element).FirstOrDefault(element => element is ResultElement.Attender or ResultElement.Admitter or ResultElement.Referrer or ResultElement.Discharger or ResultElement.ServiceType or ResultElement.ServiceProvider) is { } role)
            return role;
        if (asks.Who)
            return ResultElement.Performer;
        if (asks.OnWhichSide && HaveSites(kinds))
            return ResultElement.BodySite;
        // Whether a drug was stopped is said by the status of its last order; an order that ran out was followed by others.
        if (frame.Asking == Asking.YesNo && frame.Concepts.Count > 0 && KindFamilies.AreMedications(kinds) && (Names(frame, "stop") || Names(frame, "come off") || Names(frame, "no longer")))
            return ResultElement.Status;
        if (asks.Frequency && KindFamilies.AreMedications(kinds))
            return ResultElement.Frequency;
        if (kinds is [RecordKind.IcuStay] && (frame.Asking == Asking.Name || Names(frame, "care unit") || Names(frame, "name") || frame.AsksType))
            return ResultElement.Location;
        if (KindFamilies.AreStays(kinds))
            return asks.WhereTo || frame.EndsHow ? ResultElement.DischargeDisposition : asks.WhereFrom ? ResultElement.AdmissionSource : asks.Where || Names(frame, "body site") ? ResultElement.Location : null;
        if (asks.Where && kinds is [RecordKind.Appointment])
            return ResultElement.Location;
        if (asks.Where && HaveSites(kinds))
            return Names(frame, "performed") && !Names(frame, "body site") ? ResultElement.Location : ResultElement.BodySite;

        return Names(frame, "severity") && kinds is [RecordKind.Allergy] ? ResultElement.Severity
            : KindFamilies.AreMedications(kinds) || kinds is [RecordKind.Immunization] ? OfDosage(frame)
            : null;
    }

    private static ResultElement? OfFamily(QuestionFrame frame) => frame.Care.Family switch
    {
        _ when frame.AsksRelative || frame.Asks.Who => ResultElement.Relationship,
        FamilyAsk.OnsetAge => ResultElement.OnsetAge,
        FamilyAsk.Death => ResultElement.Deceased,
        FamilyAsk.AgeAtDeath => ResultElement.AgeAtDeath,
        FamilyAsk.CauseOfDeath => ResultElement.Name,
        _ => null,
    };

    /// <summary>"Flu vaccine ordered - which route": what is asked of an order or a dose stands beside what the question is about.</summary>
    private static ResultElement? OfDosage(QuestionFrame frame) =>
        frame.Topics.Select(mention => mention.Topic.Element).FirstOrDefault(element => element is ResultElement.Route or ResultElement.Frequency or ResultElement.DosageInstruction);

    private static bool Names(QuestionFrame frame, string topic) => frame.Topics.Any(mention => mention.Topic.Name == topic);

    private static bool HaveReasons(IReadOnlyList<RecordKind> kinds) => KindFamilies.AreStays(kinds) || KindFamilies.AreMedications(kinds)
        || kinds.All(kind => kind is RecordKind.Procedure or RecordKind.ServiceRequest or RecordKind.Appointment or RecordKind.ImagingStudy or RecordKind.CarePlan or RecordKind.Device or RecordKind.Immunization);

    private static bool HaveSites(IReadOnlyList<RecordKind> kinds) =>
        kinds.All(kind => kind is RecordKind.Procedure or RecordKind.Device or RecordKind.Condition or RecordKind.ImagingStudy or RecordKind.Immunization or RecordKind.Specimen);
}
