using MedGemma.Agents.Planning.Builtin.Reading.Medicines;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Status;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Medicines;

/// <summary>Finds in the record what a question about medicines hangs on: when the patient died, what was told of the medicines at home, how discharge prescriptions are marked.</summary>
internal static class MedicineLookup
{
    private static readonly string[] s_bought = ["over the counter", "otc", "bought", "non-prescription"];

    /// <summary>The question with what was found, or null with the reason why it cannot be answered; else what must be said of it.</summary>
    public static (MedicineAsk? Ask, QueryWindow? Window, string Reason) Find(PatientRecord record, MedicineAsk ask, IReadOnlyList<ConceptMention> concepts, bool hasTime, QueryContext context)
    {
        if (ask.AtDeath)
        {
            return record.Facts.Death?.Start is { } death && death <= context.AsOf
                ? (ask, new QueryWindow(death.AddTicks(-1), death, "the moment before death"), "")
                : (null, null, "The record does not say when the patient died.");
        }

        if (ask.AtDischarge)
        {
            return record.OfKind(RecordKind.MedicationRequest).Any(order => order.Standing != Standing.NeverCounts && order.Categories.Any(category => category.Code == "discharge"))
                ? (ask with { Kinds = [RecordKind.MedicationRequest], Category = "discharge" }, null, "")
                : (null, null, "The record does not mark which prescriptions were written for a discharge; ask what was prescribed, or what is taken now.");
        }

        // What is bought without a prescription is stated by the patient, or written into an order.
        if (ask is { Bought: true } && record.OfKind(RecordKind.MedicationStatement).IsEmpty)
            return (ask with { Kinds = [RecordKind.MedicationRequest, RecordKind.MedicationStatement], Where = new ElementFilter(ResultElement.DosageInstruction, s_bought) }, null, "");

        if (ask.Inpatient)
        {
            return record.OfKind(RecordKind.MedicationRequest).Any(order => order.Standing != Standing.NeverCounts && order.Categories.Any(category => category.Code == "inpatient"))
                ? (ask with { Kinds = [RecordKind.MedicationRequest], Category = "inpatient" }, null, "")
                : (null, null, "The record does not mark which orders are those of an inpatient; ask what is taken now, or what was ordered during a stay.");
        }

        if (ask.NotCounted is ["dose held"] && concepts.Count == 0 && record.OfKind(RecordKind.MedicationRequest).Concat(record.OfKind(RecordKind.MedicationStatement)).Any(order => order.Status == "on-hold") && !IsAdministered(record, "dose held", concepts))
            return (ask with { NotCounted = [], Kinds = [RecordKind.MedicationRequest, RecordKind.MedicationStatement], Statuses = ["on-hold"], AtHome = false }, null, "");

        // An order that is on hold was held too.
        if (ask.NotCounted is ["dose held"] && concepts.SelectMany(concept => concept.Entries).SelectMany(entry => entry.Resources).Any(resource => resource is { Key.Type: "MedicationRequest", Status: "on-hold" }))
            return (ask with { NotCounted = [], Kinds = [RecordKind.MedicationRequest], Statuses = ["on-hold"] }, null, "");

        // Most charts say only that a dose was not given where others say that it was held.
        if (ask.NotCounted is ["dose held"] && !IsAdministered(record, "dose held", concepts) && (IsAdministered(record, "not done", concepts) || IsAdministered(record, "not given", concepts)))
            return (ask with { NotCounted = ["dose held", "not given", "not done"] }, null, "");

        if (ask.Cycles)
            return Cycles(record, ask, concepts);

        return ask.AtHome ? AtHome(record, ask, concepts, hasTime, context) : (ask, null, "");
    }

    /// <summary>A cycle of several drugs is one procedure; of one drug each dose is one.</summary>
    private static (MedicineAsk? Ask, QueryWindow? Window, string Reason) Cycles(PatientRecord record, MedicineAsk ask, IReadOnlyList<ConceptMention> concepts)
    {
        var drugs = concepts.SelectMany(concept => concept.Entries).Where(entry => entry.Kinds.Any(MedicineReader.IsOfDrugs)).Select(entry => entry.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count();
        if (drugs <= 1)
            return (ask, null, "");

        return record.OfKind(RecordKind.Procedure).Any(procedure => procedure.Standing != Standing.NeverCounts && procedure.Concept?.Name?.Contains("chemotherapy", StringComparison.OrdinalIgnoreCase) == true)
            ? (ask with { Kinds = [RecordKind.Procedure], Cycles = true }, null, "Each chemotherapy procedure is taken for a cycle.")
            : (null, null, "A cycle of several drugs is not recorded as one; ask how often one of the drugs was given.");
    }

    private static (MedicineAsk? Ask, QueryWindow? Window, string Reason) AtHome(PatientRecord record, MedicineAsk ask, IReadOnlyList<ConceptMention> concepts, bool hasTime, QueryContext context)
    {
        var told = record.OfKind(RecordKind.MedicationStatement).Where(statement => statement.Standing != Standing.NeverCounts && When(statement) <= context.AsOf).MaxBy(When);
        if (told is not null)
        {
            var visit = hasTime ? null : told.Encounter?.ToString();
            if (visit is not null && ToldBefore(record, told, concepts, context) is { } earlier)
                return (null, null, $"It was told as a home medicine on {earlier.WhenText}, and is not among those told on {told.WhenText}, at the last visit at which any were; ask by the visit or its day.");

            return (ask with { Kinds = [RecordKind.MedicationStatement], Encounter = visit }, null, visit is null ? "" : $"Home medicines are those told on {told.WhenText}, at the last visit at which any were.");
        }

        // An order written in a ward says nothing of the home.
        return record.OfKind(RecordKind.MedicationRequest).Any(order => order.Standing != Standing.NeverCounts && !IsOfStay(record, order))
            ? (ask with { Kinds = [RecordKind.MedicationRequest, RecordKind.MedicationStatement], Present = !hasTime }, null, "")
            : (null, null, "The record holds no statement of what is taken at home, and no prescription but those of hospital stays.");
    }

    /// <summary>The latest telling of what is named, where the last visit does not name it.</summary>
    private static RecordResource? ToldBefore(PatientRecord record, RecordResource last, IReadOnlyList<ConceptMention> concepts, QueryContext context)
    {
        var named = concepts.SelectMany(concept => concept.Entries).SelectMany(entry => entry.Resources).Where(resource => resource.Key.Type == "MedicationStatement" && resource.Standing != Standing.NeverCounts && When(resource) <= context.AsOf).ToList();
        return named.Exists(statement => statement.Encounter == last.Encounter) ? null : named.MaxBy(When);
    }

    /// <summary>Whether a dose of what is named carries a label; of anything where nothing is named.</summary>
    private static bool IsAdministered(PatientRecord record, string label, IReadOnlyList<ConceptMention> concepts)
    {
        var named = concepts.SelectMany(concept => concept.Entries).SelectMany(entry => entry.Resources).ToHashSet();
        return record.OfKind(RecordKind.MedicationAdministration).Any(dose => dose.Labels.Contains(label) && (concepts.Count == 0 || named.Contains(dose)));
    }

    /// <summary>Whether an order was made in a hospital, intensive care or emergency stay.</summary>
    public static bool IsOfStay(PatientRecord record, RecordResource order) =>
        order.Categories.Any(category => category.Code == "inpatient")
        || (order.Encounter is { } key && record.TryFollow(key.ToString(), out var encounter) && encounter.Kinds.Any(kind => kind is RecordKind.HospitalStay or RecordKind.IcuStay or RecordKind.EmergencyVisit));

    private static DateTimeOffset When(RecordResource statement) => statement.RecordedAt ?? statement.When?.Start ?? DateTimeOffset.MinValue;
}
