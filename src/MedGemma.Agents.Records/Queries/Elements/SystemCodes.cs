using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>Reads the codes that the main concept of a resource has in one code system.</summary>
internal static class SystemCodes
{
    /// <summary>The codes; none where the concept is coded in other systems only.</summary>
    public static IEnumerable<ElementValue> Read(PatientRecord record, ElementCursor resource, ResultElement element) =>
        from coded in MainConcepts.Coded(record, resource)
        from coding in coded.Concept.Children("coding")
        where coding.TryChild("system", out var system) && IsOf(system.Text, element)
        from code in coding.Children("code")
        where code.Text is not null
        select code.ToValue() with { Link = coded.Link };

    // Local editions write the revision into the URI in their own ways: sid/icd-10-cm, CodeSystem/mimic-diagnosis-icd9.
    private static bool IsOf(string? system, ResultElement element) => system is not null && element switch
    {
        ResultElement.IcdCode => Says(system, "icd-") || Says(system, "icd9") || Says(system, "icd10"),
        ResultElement.Icd9Code => Says(system, "icd-9") || Says(system, "icd9"),
        ResultElement.Icd10Code => Says(system, "icd-10") || Says(system, "icd10"),
        ResultElement.SnomedCode => Says(system, "snomed.info"),
        ResultElement.LoincCode => Says(system, "loinc.org"),
        ResultElement.RxNormCode => Says(system, "rxnorm"),
        _ => throw new ArgumentOutOfRangeException(nameof(element), element, "An element that is no code system"),
    };

    private static bool Says(string system, string part) => system.Contains(part, StringComparison.OrdinalIgnoreCase);
}
