using System.Collections.Immutable;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin;

/// <summary>Readings that English leaves open; stated in the answer where they matter.</summary>
public sealed record PlannerConventions
{
    /// <summary>How clinicians use the words; the default everywhere but in benchmarks.</summary>
    public static PlannerConventions Clinical { get; } = new();

    /// <summary>How the FHIRPath-QA benchmark's gold queries read them.</summary>
    public static PlannerConventions FhirPathQa { get; } = new()
    {
        RelativeWindows = RelativeWindowReading.CalendarUnit,
        DateOrder = WrittenDateOrder.DayFirst,
        Prescriptions = PrescriptionCounting.DistinctMedications,
        Given = GivenReading.IntakeThenOrders,
        Ordering = new ResourceOrdering
        {
            Elements = new Dictionary<string, string>
            {
                ["Procedure"] = "performedPeriod.start",
                ["MedicationAdministration"] = "effectiveDateTime",
                ["Encounter"] = "period.start",
            }.ToImmutableDictionary(),
            OneOfTied = ["Encounter", "MedicationAdministration", "MedicationRequest", "Procedure"],
        },
    };

    /// <summary>How relative windows are read.</summary>
    /// <value>Default: <see cref="RelativeWindowReading.ExactDuration"/>.</value>
    public RelativeWindowReading RelativeWindows { get; init; }

    /// <summary>How written dates are read where both orders are possible.</summary>
    /// <value>Default: <see cref="WrittenDateOrder.DayFirst"/>.</value>
    public WrittenDateOrder DateOrder { get; init; }

    /// <summary>What a count of prescriptions counts.</summary>
    /// <value>Default: <see cref="PrescriptionCounting.Orders"/>.</value>
    public PrescriptionCounting Prescriptions { get; init; }

    /// <summary>What "given" means for a drug.</summary>
    /// <value>Default: <see cref="GivenReading.Administrations"/>.</value>
    public GivenReading Given { get; init; }

    /// <summary>What first, last and nth mean.</summary>
    /// <value>Default: <see cref="ResourceOrdering.ByClinicalTime"/>.</value>
    public ResourceOrdering Ordering { get; init; } = ResourceOrdering.ByClinicalTime;
}
