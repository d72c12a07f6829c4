namespace MedGemma.Agents.Records.Model;

/// <summary>A link from the patient to another Patient or RelatedPerson resource (<see href="https://hl7.org/fhir/R4/patient-definitions.html#Patient.link"/>).</summary>
/// <param name="Other">The reference as recorded; its record is not followed.</param>
/// <param name="Type"><c>replaced-by</c>, <c>replaces</c>, <c>refer</c> or <c>seealso</c>.</param>
public sealed record PatientLink(string Other, string Type);
