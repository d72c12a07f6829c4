using System.Collections.Immutable;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Tests.Concepts;

/// <summary>Concepts of made-up records.</summary>
internal static class ConceptEntries
{
    public const string Loinc = "http://loinc.org";
    public const string Snomed = "http://snomed.info/sct";
    public const string Icd10 = "http://hl7.org/fhir/sid/icd-10-cm";
    public const string Formulary = "urn:example:formulary";

    public static ConceptEntry Entry(string name, string? system, string? code, params RecordKind[] kinds) =>
        new(name, [name], [new Coding(system, code, name == code ? null : name)], [.. kinds], []);

    public static ConceptEntry Lab(string name, string? loinc = null) =>
        Entry(name, loinc is null ? "urn:example:lab" : Loinc, loinc ?? name, RecordKind.Observation, RecordKind.LaboratoryResult);

    public static ConceptEntry Vital(string name, string? loinc = null) =>
        Entry(name, loinc is null ? "urn:example:vital" : Loinc, loinc ?? name, RecordKind.Observation, RecordKind.VitalSign);

    public static ConceptEntry Drug(string name) =>
        new(name, [name], [new Coding("urn:example:drug", $"D-{name.Length}-{name[0]}", name)], [RecordKind.Medication, RecordKind.MedicationRequest], []);

    public static ConceptEntry Condition(string name, string? icd10 = null) =>
        Entry(name, icd10 is null ? Snomed : Icd10, icd10 ?? $"S{name.Length}", RecordKind.Condition);

    public static ConceptEntry Procedure(string name) => Entry(name, Snomed, $"P{name.Length}", RecordKind.Procedure);

    public static ConceptIndex Index(params ConceptEntry[] entries) => new([.. entries]);

    public static ConceptIndex Index(IEnumerable<ConceptEntry> entries) => new(entries.ToImmutableArray());
}
