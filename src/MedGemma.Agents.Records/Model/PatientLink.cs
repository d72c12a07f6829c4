namespace MedGemma.Agents.Records.Model;

/// <summary>A link from the patient to another Patient or RelatedPerson resource (<see href="https://hl7.org/fhir/R4/patient-definitions.html#Patient.link"/>).</summary>
/// <param name="Other">The reference as recorded, or where there is none what identifies or names the other; its record is not followed.</param>
/// <param name="Type"><c>replaced-by</c>, <c>replaces</c>, <c>refer</c> or <c>seealso</c>.</param>
/// <param name="IsRecord">True when the other is a Patient, under which a part of the chart may lie; a RelatedPerson has none.</param>
public sealed record PatientLink(string Other, string Type, bool IsRecord);
