namespace MedGemma.Agents.Records.Formulas;

/// <summary>
/// Sex for equations: the birth-sex extension of US Core (<see href="https://hl7.org/fhir/us/core/StructureDefinition-us-core-birthsex.html"/>) or the administrative gender.
/// Where both are recorded and differ, there is none.
/// </summary>
public sealed record SexInput() : FormulaInput("sex");
