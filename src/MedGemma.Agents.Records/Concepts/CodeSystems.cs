namespace MedGemma.Agents.Records.Concepts;

/// <summary>Short names for the code systems that records name in many ways (<see href="https://terminology.hl7.org/external_code_systems.html"/>).</summary>
internal static class CodeSystems
{
    public const string Loinc = "loinc";
    public const string Snomed = "snomed";
    public const string Icd10 = "icd10";
    public const string Icd9 = "icd9";
    public const string Icd10Procedure = "icd10pcs";
    public const string Icd9Procedure = "icd9proc";
    public const string RxNorm = "rxnorm";
    public const string Cvx = "cvx";
    public const string Atc = "atc";

    private static readonly string[] All = [Loinc, Snomed, Icd10, Icd9, Icd10Procedure, Icd9Procedure, RxNorm, Cvx, Atc];

    public static string Names => string.Join(", ", All);

    public static bool IsKnown(string name) => All.Contains(name, StringComparer.Ordinal);

    /// <summary>The short name of a system, or null for one that the vocabulary has no codes of.</summary>
    public static string? Family(string? system)
    {
        if (string.IsNullOrEmpty(system))
            return null;

        return system switch
        {
            "http://loinc.org" or "urn:oid:2.16.840.1.113883.6.1" => Loinc,
            "http://snomed.info/sct" or "urn:oid:2.16.840.1.113883.6.96" => Snomed,
            "http://hl7.org/fhir/sid/icd-10-cm" or "http://hl7.org/fhir/sid/icd-10" or "urn:oid:2.16.840.1.113883.6.90" => Icd10,
            "http://hl7.org/fhir/sid/icd-9-cm" or "urn:oid:2.16.840.1.113883.6.103" => Icd9,
            "http://www.cms.gov/Medicare/Coding/ICD10" or "http://hl7.org/fhir/sid/icd-10-pcs" or "urn:oid:2.16.840.1.113883.6.4" => Icd10Procedure,
            "urn:oid:2.16.840.1.113883.6.104" => Icd9Procedure,
            "http://www.nlm.nih.gov/research/umls/rxnorm" or "urn:oid:2.16.840.1.113883.6.88" => RxNorm,
            "http://hl7.org/fhir/sid/cvx" or "urn:oid:2.16.840.1.113883.12.292" => Cvx,
            "http://www.whocc.no/atc" or "http://fhir.de/CodeSystem/bfarm/atc" or "urn:oid:2.16.840.1.113883.6.73" => Atc,
            _ => Guess(system),
        };
    }

    /// <summary>A code as it is compared: ICD codes without their dot, everything in upper case.</summary>
    public static string Normalize(string? family, string code)
    {
        var trimmed = code.Trim().ToUpperInvariant();
        return family is Icd10 or Icd9 or Icd10Procedure or Icd9Procedure ? trimmed.Replace(".", "", StringComparison.Ordinal) : trimmed;
    }

    /// <summary>Local copies of a system carry its name: <c>.../CodeSystem/mimic-diagnosis-icd9</c>.</summary>
    private static string? Guess(string system)
    {
        var procedure = system.Contains("procedure", StringComparison.OrdinalIgnoreCase) || system.Contains("pcs", StringComparison.OrdinalIgnoreCase);
        if (Has("icd10") || Has("icd-10"))
            return procedure ? Icd10Procedure : Icd10;
        if (Has("icd9") || Has("icd-9"))
            return procedure ? Icd9Procedure : Icd9;
        if (Has("loinc"))
            return Loinc;

        return Has("snomed") ? Snomed : Has("rxnorm") ? RxNorm : system.EndsWith("/atc", StringComparison.OrdinalIgnoreCase) ? Atc : null;

        bool Has(string part) => system.Contains(part, StringComparison.OrdinalIgnoreCase);
    }
}
