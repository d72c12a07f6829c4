using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Compiling.Medicines;
using MedGemma.Agents.Planning.Builtin.Compiling.Visits;
using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Planning.Builtin.Reading.People;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling;

/// <summary>Decides what a frame makes of what matches it.</summary>
internal sealed class AggregateChoice(PlannerConventions conventions)
{
    /// <summary>The aggregate; it may settle the element too.</summary>
    public Aggregate Choose(QuestionFrame frame, IReadOnlyList<RecordKind> kinds, ref ResultElement element)
    {
        if (kinds is [RecordKind.Patient])
            return frame.Value is null ? new LatestAggregate() : new ExistsAggregate();

        if (frame.Aspect is not null && element is ResultElement.Outcome or ResultElement.Complication)
            return frame.Ordering ?? new ListAggregate();

        // "Does his brother have any illness": which; that an entry is there for him says nothing of one.
        if (kinds is [RecordKind.FamilyHistory] && (frame.Care.Family is not (null or FamilyAsk.Diseases) || frame is { Asking: Asking.YesNo, Concepts.Count: 0 }))
        {
            element = frame.Care.Family is null or FamilyAsk.Diseases && element is ResultElement.Default ? ResultElement.Name : element;
            return new ListAggregate();
        }

        if (MedicineChoice.Aggregate(frame, kinds, element) is { } ofMedicine)
            return ofMedicine;

        // What went in or came out in a time, and how much at all, is the sum.
        if (KindFamilies.AreFluids(kinds) && frame is { Ordering: null, LastCount: null, Value: null }
            && (frame.Amount || (frame.Asking is not Asking.Count && frame.Topics.Any(mention => mention.Topic.Name == "urine output")) || (frame.Asking == Asking.Plain && element is ResultElement.Default && (frame.Times.Count > 0 || frame.Anchor is not null || frame.Setting is not null))))
        {
            element = ResultElement.Default;
            return new StatisticAggregate(Statistic.Sum);
        }

        if (BillingChoice.Applies(kinds) && frame.Asking != Asking.Count)
            return OfBilling(frame, element);

        // "How many pack-years" asks for the number that is recorded.
        if (kinds is [RecordKind.SocialHistory] && frame is { Asking: Asking.Count, Concepts.Count: > 0, Ordering: null })
        {
            element = ResultElement.Default;
            return new LatestAggregate();
        }

        if (frame.Asking == Asking.Count)
        {
            var orders = kinds is [RecordKind.MedicationRequest];
            var countsThings = frame.Distinct
                || (orders && frame.Concepts.Count == 0 && (conventions.Prescriptions == PrescriptionCounting.DistinctMedications
                    || !frame.Topics.Any(mention => mention.Topic.Name == "prescription")))
                || kinds is [RecordKind.Medication] or [RecordKind.Allergy] or [RecordKind.Condition] && frame.Concepts.Count == 0;
            element = ResultElement.Default;
            return new CountAggregate(countsThings);
        }

        if (kinds is [RecordKind.Susceptibility] && frame.Asking is Asking.YesNo or Asking.Plain or Asking.Name or Asking.All)
            return OfSusceptibility(frame, ref element);

        // "Does he smoke" is answered by what the record says, which may be that he never did.
        if (kinds is [RecordKind.SocialHistory] && frame.Asking == Asking.YesNo && frame.Concepts.Count > 0 && frame.Value is null)
        {
            element = ResultElement.Default;
            return frame.Ordering ?? new LatestAggregate();
        }

        // "Is there MRSA" is not answered by that a screen was made: what was found is.
        if (frame is { Asking: Asking.YesNo, Tested: false, Value: null, Concepts.Count: > 0 } && kinds.Contains(RecordKind.MicrobiologyTest) && element is ResultElement.Default or ResultElement.Name)
        {
            element = ResultElement.Default;
            return frame.Ordering ?? new ListAggregate();
        }

        if (frame.LastCount is { } last && frame.Ordering is null)
            return new ListAggregate(Last: last);

        // "Any allergies?" is never answered by yes or no: an entry may say that none is known.
        if (kinds is [RecordKind.Allergy] && frame.Concepts.Count == 0 && frame.Asking == Asking.YesNo)
        {
            element = ResultElement.Name;
            return new ListAggregate(true);
        }

        // "Sodium ok?" is asked of the last one.
        if (frame is { Asking: Asking.Plain, Value.Comparison: ValueComparison.Normal or ValueComparison.Abnormal, Concepts.Count: > 0, Times.Count: 0 } && KindFamilies.HasValues(kinds))
            return frame.Ordering ?? new LatestAggregate();

        if (frame.Asking == Asking.YesNo && frame.Value is not null && KindFamilies.HasValues(kinds) && !frame.Times.Any() && !frame.Ever)
            return frame.Ordering ?? new LatestAggregate();

        if (frame.Asking == Asking.YesNo && frame.Ordering is null && element is ResultElement.Default or ResultElement.Name or ResultElement.Start)
        {
            element = ResultElement.Default;
            return new ExistsAggregate();
        }

        if (frame.Duration is { IsOngoing: true })
        {
            element = ResultElement.Default;
            return new TimeBetweenAggregate(null);
        }

        // "How many days has she spent in hospital in total": all stays together.
        if (frame is { Duration: not null, Total: true, Ordering: null } && KindFamilies.AreStays(kinds))
            return new StatisticAggregate(Statistic.Sum);

        if ((frame.Total || frame.Topics.Any(mention => mention.Topic.Name == "urine output")) && frame.Concepts.Count > 0 && KindFamilies.AreFluids(kinds))
            return new StatisticAggregate(Statistic.Sum);

        if (frame.Ordering is StatisticAggregate or TrendAggregate or DeltaAggregate or ExtremeAggregate && element is ResultElement.Default)
            return frame.Ordering;

        if (frame.Ordering is { } ordering)
            return ordering;

        // "Who is the attending": of the last stay.
        if (element is ResultElement.Performer or ResultElement.Attender or ResultElement.Admitter or ResultElement.Discharger or ResultElement.Referrer && KindFamilies.AreStays(kinds) && frame.Times.Count == 0)
            return new LatestAggregate();

        // "The next appointment" is the first of those to come.
        if (frame.Next && kinds is [RecordKind.Appointment])
            return new EarliestAggregate();

        // A diagnosis is made once; "due to" it, or again in the next encounter, it is not made anew.
        if (frame.Diagnosed && kinds is [RecordKind.Condition] && element == ResultElement.Start && frame.Concepts.Count > 0)
            return new EarliestAggregate();

        // "When did I stop warfarin": the end of the last order, not of each.
        if (element == ResultElement.End && frame.SaysWhen && frame.Concepts.Count > 0)
            return new LatestAggregate();

        if (element == ResultElement.Status && frame is { Asking: Asking.YesNo, Concepts.Count: > 0 } && KindFamilies.AreMedications(kinds))
            return new LatestAggregate();

        // "Metformin dose?": the one that was ordered or given last.
        if (element is ResultElement.Dose or ResultElement.Frequency or ResultElement.Strength && frame is { Asking: Asking.Plain, Concepts.Count: > 0, Times.Count: 0, Anchor: null })
            return new LatestAggregate();

        // The unit, the range or the flag of a test: those of its last result.
        if (element is ResultElement.Unit or ResultElement.ReferenceRange or ResultElement.ReferenceLow or ResultElement.ReferenceHigh or ResultElement.Interpretation or ResultElement.Status
            && frame.Concepts.Count > 0 && KindFamilies.HasValues(kinds) && frame is { Asking: not Asking.All, Times.Count: 0, Anchor: null })
            return new LatestAggregate();

        if (element == ResultElement.Default && frame.Concepts.Count > 0 && KindFamilies.HasValues(kinds) && frame.Asking != Asking.All && frame.Value is null)
            return new LatestAggregate();

        if (ReportText.IsOfOne(frame, kinds, element))
            return new LatestAggregate();

        // "What are her vital signs": those that were taken last.
        if (kinds is [RecordKind.VitalSign] && element == ResultElement.Default && frame is { Asking: Asking.Plain, Concepts.Count: 0, Times.Count: 0, Anchor: null, Setting: null, Value: null, Each: null })
            return new LatestAggregate();

        return new ListAggregate(Distinct: IsCode(element) || (element is ResultElement.Name or ResultElement.Default && !KindFamilies.HasValues(kinds)));
    }

    private static bool IsCode(ResultElement element) =>
        element is ResultElement.Code or ResultElement.IcdCode or ResultElement.Icd9Code or ResultElement.Icd10Code or ResultElement.SnomedCode or ResultElement.LoincCode or ResultElement.RxNormCode;

    /// <summary>Who pays is said by the last claim; what was billed in a time may be wanted in total, or for each.</summary>
    private static Aggregate OfBilling(QuestionFrame frame, ResultElement element) =>
        frame.Ordering is { } ordering ? ordering
        : element == ResultElement.Payer && frame is { Times.Count: 0, Anchor: null, Stay: null } ? new LatestAggregate()
        : element is ResultElement.Billed or ResultElement.Paid && frame.Total && frame.Stay is null ? new StatisticAggregate(Statistic.Sum)
        : new ListAggregate();

    // That a susceptibility was tested is no answer to whether it is given: the result is.
    private static Aggregate OfSusceptibility(QuestionFrame frame, ref ResultElement element)
    {
        if (frame.Value is null)
        {
            element = ResultElement.Value;
            return frame.Ordering ?? (frame.Concepts.Count > 0 ? new LatestAggregate() : new ListAggregate());
        }

        element = frame.Asking == Asking.YesNo ? ResultElement.Default : ResultElement.Name;
        return frame.Asking != Asking.YesNo ? new ListAggregate(Distinct: true)
            : frame.Concepts.Count > 0 && !frame.Ever ? frame.Ordering ?? new LatestAggregate()
            : new ExistsAggregate();
    }
}
