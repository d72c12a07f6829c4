using Hl7.Fhir.Model;

namespace MedGemma.Agents.Evaluation.Synthesis.Charting;

/// <summary>The hospital, its places and its people.</summary>
internal sealed record Staff(
    Organization Hospital, Practitioner Physician, Practitioner Hospitalist, Practitioner Nurse, Location Clinic, Location Ward, Location IntensiveCare, Location Emergency)
{
    public static string NameOf(Practitioner person) => person.Name[0].Text!;
}
