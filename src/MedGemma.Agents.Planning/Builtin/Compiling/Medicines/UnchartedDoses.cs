using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Planning.Builtin.Reading.Medicines;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Medicines;

/// <summary>
/// Where a chart has what was given, an order of a stay without any administration does not say that the drug was given. Orders of practices and clinics are nowhere charted as given,
/// and stand for the taking.
/// </summary>
/// <param name="engine">Finds whether there are such orders.</param>
/// <param name="resolver">Finds the drug by its other names.</param>
internal sealed class UnchartedDoses(IRecordQueryEngine engine, IConceptResolver resolver)
{
    /// <summary>Why whether, when or how often the drug was given cannot be told, or null.</summary>
    public string? Find(PatientRecord record, QuestionFrame frame, IReadOnlyList<RecordQuery> queries, QueryContext context)
    {
        if (!frame.Topics.Any(mention => mention.Topic is { Given: true } or { Name: "administration" }) || frame.Topics.Any(mention => mention.Topic.Name is "prescription" or "dispense")
            || frame.Concepts.Count == 0 || !frame.Concepts.All(concept => concept.Kinds.Any() && concept.Kinds.All(MedicineReader.IsOfDrugs)) || record.OfKind(RecordKind.MedicationAdministration).Length == 0)
            return null;

        var ofOrders = queries.Any(query => KindFamilies.AreMedications(query.Selection.Kinds) && query.Selection.Kinds.Any(kind => kind is RecordKind.Medication or RecordKind.MedicationRequest) && query.Selection.NotCounted.Count == 0 && engine.Run(record, query, context).Matched > 0);
        return ofOrders && frame.Concepts.FirstOrDefault(concept => IsOnlyOrdered(record, concept)) is { } ordered
            ? $"The record has \"{ordered.Words}\" as ordered in a stay, and not as given, though it has what was given there; ask whether it was ordered."
            : null;
    }

    private bool IsOnlyOrdered(PatientRecord record, ConceptMention concept) =>
        resolver.Resolve(record, concept.Words, [RecordKind.MedicationAdministration, RecordKind.Intake]).Entries.IsEmpty
        && concept.Entries.SelectMany(entry => entry.Resources).Any(resource => resource.Key.Type == "MedicationRequest" && MedicineLookup.IsOfStay(record, resource));
}
