using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Evaluation.AgentTasks.Orders;

/// <summary>
/// Draft orders as FHIR R4 (https://hl7.org/fhir/R4/medicationrequest.html, https://hl7.org/fhir/R4/servicerequest.html): the evidence is the supporting information,
/// the condition the reason.
/// </summary>
internal static class FhirDraft
{
    private static readonly FhirJsonDeserializer Deserializer = FhirJsonDeserializer.STRICT;

    /// <summary>Writes a draft order.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="patient">Logical id of the patient.</param>
    /// <param name="authored">When it was proposed.</param>
    public static Resource Write(DraftOrder draft, string patient, DateTimeOffset authored)
    {
        List<ResourceReference> evidence = [.. draft.Evidence.Select(reference => new ResourceReference(reference))];
        List<CodeableConcept> reason = [new CodeableConcept { Text = draft.Condition }];
        var subject = new ResourceReference($"Patient/{patient}");
        return draft.Content switch
        {
            OrderContent.Medication medication => new MedicationRequest
            {
                Status = MedicationRequest.MedicationrequestStatus.Draft,
                Intent = MedicationRequest.MedicationRequestIntent.Proposal,
                Subject = subject,
                AuthoredOnElement = new FhirDateTime(authored),
                Medication = Concept(medication.Drug),
                DosageInstruction = [new Dosage { DoseAndRate = [new() { Dose = new Quantity { Value = medication.Dose, Unit = medication.Unit, Code = medication.Unit, System = "http://unitsofmeasure.org" } }] }],
                ReasonCode = reason,
                SupportingInformation = evidence,
            },
            OrderContent.Service service => new ServiceRequest
            {
                Status = RequestStatus.Draft,
                Intent = RequestIntent.Proposal,
                Subject = subject,
                AuthoredOnElement = new FhirDateTime(authored),
                Code = Concept(service.Test),
                ReasonCode = reason,
                SupportingInfo = evidence,
            },
            _ => throw new InvalidOperationException("An order is for a drug or a service."),
        };
    }

    /// <summary>Reads a resource that somebody proposes.</summary>
    /// <param name="json">The resource.</param>
    /// <param name="patient">Logical id of the patient it must be for.</param>
    public static DraftReading Read(JsonElement json, string patient)
    {
        if (json.ValueKind != JsonValueKind.Object)
            return new DraftReading.Refused("an order is no FHIR resource");

        var reader = new Utf8JsonReader(JsonSerializer.SerializeToUtf8Bytes(json));
        if (!Deserializer.TryDeserializeResource(ref reader, out var resource, out var problems) || problems.Any())
            return new DraftReading.Refused("an order is no valid FHIR R4 resource");

        return resource switch
        {
            MedicationRequest { Status: not MedicationRequest.MedicationrequestStatus.Draft } or ServiceRequest { Status: not RequestStatus.Draft } => new DraftReading.Refused("an order has not the status draft"),
            MedicationRequest { Intent: not MedicationRequest.MedicationRequestIntent.Proposal } or ServiceRequest { Intent: not RequestIntent.Proposal } => new DraftReading.Refused("an order has not the intent proposal"),
            MedicationRequest request => Of(request, patient),
            ServiceRequest request => Coded(request.Code) is { } code
                ? Of(new OrderContent.Service(code), request.Subject, request.ReasonCode, request.SupportingInfo, patient)
                : new DraftReading.Refused("an order has not exactly one code"),
            _ => new DraftReading.Refused("an order is neither MedicationRequest nor ServiceRequest"),
        };
    }

    private static DraftReading Of(MedicationRequest request, string patient)
    {
        if (Coded(request.Medication as CodeableConcept) is not { } drug)
            return new DraftReading.Refused("an order has not exactly one code");

        return request.DosageInstruction is [{ DoseAndRate: [{ Dose: Quantity { Value: { } dose } quantity }] }] && (quantity.Code ?? quantity.Unit) is { } unit
            ? Of(new OrderContent.Medication(drug, dose, unit), request.Subject, request.ReasonCode, request.SupportingInformation, patient)
            : new DraftReading.Refused("an order has not exactly one dose with its unit");
    }

    private static DraftReading Of(OrderContent content, ResourceReference? subject, List<CodeableConcept> reason, List<ResourceReference> evidence, string patient)
    {
        if (subject?.Reference != $"Patient/{patient}")
            return new DraftReading.Refused("an order is not for this patient");

        if (reason is not [{ Text: { } condition }] || string.IsNullOrWhiteSpace(condition))
            return new DraftReading.Refused("an order does not say in reasonCode.text which condition triggered it");

        return evidence.All(reference => ResourceKey.TryParse(reference.Reference, out _))
            ? new DraftReading.Draft(new DraftOrder(content, condition, [.. evidence.Select(reference => reference.Reference!)]))
            : new DraftReading.Refused("an order has evidence that is no Type/id reference");
    }

    private static CodeableConcept Concept(OrderCode code) => new() { Coding = [new Hl7.Fhir.Model.Coding(code.System, code.Code, code.Display)] };

    private static OrderCode? Coded(CodeableConcept? concept) =>
        concept?.Coding is [{ System: { } system, Code: { } code } coding] ? new OrderCode(system, code, coding.Display ?? code) : null;
}
