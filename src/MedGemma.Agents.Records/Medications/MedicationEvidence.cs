using System.Text.Json;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Status;

namespace MedGemma.Agents.Records.Medications;

/// <summary>The administrations and dispenses that were made on each order of a record, in order of time.</summary>
internal sealed class MedicationEvidence
{
    private readonly Dictionary<ResourceKey, List<RecordResource>> _byOrder = [];

    public MedicationEvidence(PatientRecord record)
    {
        foreach (var administration in record.OfKind(RecordKind.MedicationAdministration))
            Add(record, administration, administration.Json.TryGetProperty("request"u8, out var request) ? request : default);

        foreach (var dispense in record.OfKind(RecordKind.MedicationDispense))
        {
            if (!dispense.Json.TryGetProperty("authorizingPrescription"u8, out var prescriptions) || prescriptions.ValueKind != JsonValueKind.Array)
                continue;

            foreach (var prescription in prescriptions.EnumerateArray())
                Add(record, dispense, prescription);
        }
    }

    /// <summary>What was given or handed out on an order, known at an instant.</summary>
    public IEnumerable<RecordResource> Of(ResourceKey order, DateTimeOffset asOf) =>
        _byOrder.TryGetValue(order, out var evidence) ? evidence.Where(resource => resource.When?.Start <= asOf) : [];

    private void Add(PatientRecord record, RecordResource evidence, JsonElement reference)
    {
        if (evidence.Standing == Standing.NeverCounts || evidence.When?.Start is null || reference.ValueKind != JsonValueKind.Object
            || !reference.TryGetProperty("reference"u8, out var text) || text.GetString() is not { } target || !record.TryFollow(target, out var order))
        {
            return;
        }

        if (!_byOrder.TryGetValue(order.Key, out var list))
            _byOrder[order.Key] = list = [];

        list.Add(evidence);
    }
}
