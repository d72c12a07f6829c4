using System.Collections.Immutable;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Status;

namespace MedGemma.Agents.Records.Medications;

/// <summary>Computes medication states in one record. Safe for concurrent use.</summary>
/// <param name="record">The record.</param>
public sealed class MedicationStates(PatientRecord record)
{
    private readonly Lazy<MedicationEvidence> _evidence = new(() => new MedicationEvidence(record));

    /// <summary>The state of a medication resource at an instant.</summary>
    /// <param name="medication">A MedicationRequest, MedicationStatement, MedicationAdministration or MedicationDispense of the record.</param>
    /// <param name="moment">The instant that is asked about.</param>
    /// <param name="asOf">The instant of the question: evidence after it does not exist.</param>
    /// <exception cref="ArgumentException">The resource is no medication.</exception>
    public MedicationState At(RecordResource medication, DateTimeOffset moment, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(medication);
        if (medication.Standing == Standing.NeverCounts)
            return new NotStartedMedication(string.Join(", ", medication.Labels), [StatusGround(medication)]);

        if (DeathBefore(moment) is { } death)
            return new EndedMedication("the patient had died", [death]);

        var state = medication.Key.Type switch
        {
            "MedicationRequest" => OfOrder(medication, moment, asOf),
            "MedicationStatement" => UseStates.OfStatement(medication, moment, HoldsAt(moment), record.Zone),
            "MedicationAdministration" => UseStates.OfAdministration(medication, moment),
            "MedicationDispense" => UseStates.OfDispense(medication, moment),
            _ => throw new ArgumentException("The resource is no medication.", nameof(medication)),
        };

        // Dead at an unknown date: what seems current may be after the death.
        return state is CurrentMedication && record.Facts is { IsDeceased: true, Death: null }
            ? new UndeterminedMedication("the patient has died, the date is not recorded", [new StateGround(record.Patient.Key, "Patient.deceased", null), .. state.Grounds])
            : state;
    }

    /// <summary>Whether a medication was current at some moment of a stretch of time: at its beginning, when the medication began within it, or at its end.</summary>
    /// <param name="medication">A MedicationRequest, MedicationStatement, MedicationAdministration or MedicationDispense of the record.</param>
    /// <param name="from">First moment.</param>
    /// <param name="until">First moment after.</param>
    /// <param name="asOf">The instant of the question: evidence after it does not exist.</param>
    /// <exception cref="ArgumentException">The resource is no medication.</exception>
    public MedicationState During(RecordResource medication, DateTimeOffset from, DateTimeOffset until, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(medication);
        var last = until.AddTicks(-1) is var end && end > asOf ? asOf : end;
        var begun = medication.Key.Type == "MedicationRequest" ? OrderTerms.Read(medication, record.Zone).Start : medication.When?.Start;
        var states = new[] { from, begun is { } start && start > from && start < last ? start : from, last > from ? last : from }
            .Distinct().Select(moment => At(medication, moment, asOf)).ToList();
        return states.Find(state => state is CurrentMedication) ?? states.Find(state => state is UndeterminedMedication) ?? states[0];
    }

    private MedicationState OfOrder(RecordResource order, DateTimeOffset moment, DateTimeOffset asOf)
    {
        var terms = OrderTerms.Read(order, record.Zone);
        ImmutableArray<StateGround> startGrounds = terms.StartGround is null ? [] : [terms.StartGround];
        if (order.RecordedAt > moment)
            return new NotStartedMedication($"ordered on {order.WhenText}", [new StateGround(order.Key, "MedicationRequest.authoredOn", order.WhenText)]);

        if (moment < terms.Start)
            return new NotStartedMedication($"begins on {terms.StartGround!.Text}", startGrounds);

        if (moment >= terms.End)
            return new EndedMedication($"valid until {terms.EndGround!.Text}", [.. startGrounds, terms.EndGround]);

        var cap = EncounterEnd(order);
        if (moment >= cap?.End && (cap.Value.IsInpatientOrder || order.Status != "active"))
            return new EndedMedication($"ordered for an encounter that ended on {cap.Value.Ground.Text}", [.. startGrounds, cap.Value.Ground]);

        ImmutableArray<StateGround> grounds = [.. startGrounds, StatusGround(order)];
        return order.Status switch
        {
            "active" when moment >= cap?.End =>
                new UndeterminedMedication($"active, but ordered during a stay that ended on {cap.Value.Ground.Text}", [.. grounds, cap.Value.Ground]),
            "active" when moment >= terms.SupplyEnd && !_evidence.Value.Of(order.Key, asOf).Any(given => given.When!.Value.Start >= terms.SupplyEnd) =>
                new UndeterminedMedication($"active since {terms.StartGround?.Text}, but the supply has run out and no renewal is recorded", grounds),
            "active" => new CurrentMedication(terms.StartGround is { Text: { } since } ? $"active since {since}, not renewed" : "active, start not recorded", grounds),
            "on-hold" => new UndeterminedMedication("on hold, since when is not recorded", grounds),
            "completed" or "stopped" => OfFinished(order, terms, moment, asOf, grounds),
            _ => new UndeterminedMedication($"status {order.Status ?? "not recorded"}", grounds),
        };
    }

    /// <summary>An order that is over by its status, at an instant within its terms: only its end, what was given on it, or the end of the record can say when.</summary>
    private MedicationState OfFinished(RecordResource order, OrderTerms terms, DateTimeOffset moment, DateTimeOffset asOf, ImmutableArray<StateGround> grounds)
    {
        foreach (var given in _evidence.Value.Of(order.Key, asOf))
        {
            if (given.When!.Value.Start > moment)
                return new CurrentMedication($"given on it on {given.WhenText}, after that instant", [.. grounds, new StateGround(given.Key, given.WhenPath!, given.WhenText)]);
        }

        if (order.Status == "completed" && terms.End is not null)
            return new CurrentMedication($"valid until {terms.EndGround!.Text} and completed", [.. grounds, terms.EndGround]);

        return HoldsAt(moment)
            ? new EndedMedication($"{order.Status}, when is not recorded", grounds)
            : new UndeterminedMedication($"{order.Status}, when is not recorded", grounds);
    }

    /// <summary>A status is that of the end of the record: at that moment and later it is known to hold.</summary>
    private bool HoldsAt(DateTimeOffset moment) => moment >= record.LatestKnown;

    private (DateTimeOffset End, StateGround Ground, bool IsInpatientOrder)? EncounterEnd(RecordResource order)
    {
        var isInpatient = false;
        foreach (var category in order.Categories)
        {
            if (category.Code is "community" or "outpatient" or "discharge")
                return null;

            isInpatient |= category.Code == "inpatient";
        }

        if (order.Encounter is not { } key || !record.TryFollow(key.ToString(), out var encounter) || encounter.When?.End is null
            || !encounter.Json.TryGetProperty("period"u8, out var period))
        {
            return null;
        }

        var isStay = encounter.Kinds.Contains(RecordKind.HospitalStay) || encounter.Kinds.Contains(RecordKind.IcuStay) || encounter.Kinds.Contains(RecordKind.EmergencyVisit);
        var read = Time.FhirPeriod.Read(period, record.Zone);
        return (isInpatient || isStay) && read.End is { } end
            ? (end, new StateGround(encounter.Key, "Encounter.period.end", read.EndText), isInpatient)
            : null;
    }

    private StateGround? DeathBefore(DateTimeOffset moment) =>
        record.Facts.Death?.Start is { } death && moment >= death ? new StateGround(record.Patient.Key, "Patient.deceased", null) : null;

    private static StateGround StatusGround(RecordResource medication) => new(medication.Key, medication.Key.Type + ".status", medication.Status);
}
