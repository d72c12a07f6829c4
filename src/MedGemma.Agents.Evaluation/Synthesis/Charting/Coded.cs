using Hl7.Fhir.Model;
using MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

namespace MedGemma.Agents.Evaluation.Synthesis.Charting;

/// <summary>Makes FHIR's coded values and quantities of the vocabulary.</summary>
internal static class Coded
{
    public static CodeableConcept Concept(string system, string code, string display) => new() { Coding = [new Coding(system, code, display)] };

    public static CodeableConcept Named(string text) => new() { Text = text };

    public static CodeableConcept Of(LabTest test) => Concept(Systems.Loinc, test.Loinc, test.Display);

    public static CodeableConcept Of(Drug drug) => Concept(Systems.RxNorm, drug.RxNorm, drug.Display);

    public static CodeableConcept Of(Problem problem)
    {
        var concept = Concept(Systems.Snomed, problem.Snomed, problem.Display);
        if (problem.Icd10 is not null)
            concept.Coding.Add(new Coding(Systems.Icd10, problem.Icd10, problem.Icd10Display));

        concept.Text = problem.Display;
        return concept;
    }

    public static Quantity Amount(decimal value, string unit) => new() { Value = value, Unit = unit, System = Systems.Ucum, Code = unit };

    public static CodeableConcept Category(string code) => new() { Coding = [new Coding(Systems.ObservationCategory, code)] };

    public static CodeableConcept Interpretation(string code, string display) => Concept(Systems.Interpretation, code, display);
}
