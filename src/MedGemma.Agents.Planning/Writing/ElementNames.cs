using System.Text.RegularExpressions;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Writing;

/// <summary>What the elements of a query are called in a sentence.</summary>
internal static partial class ElementNames
{
    /// <summary>The name in lower case; empty for what needs no name.</summary>
    public static string Of(ResultElement element) => element switch
    {
        ResultElement.Default or ResultElement.Name or ResultElement.Value => "",
        ResultElement.Start => "time",
        ResultElement.End => "end",
        ResultElement.PatientName => "name",
        ResultElement.ReferenceLow => "lower reference limit",
        ResultElement.ReferenceHigh => "upper reference limit",
        ResultElement.IcdCode => "ICD code",
        ResultElement.Icd9Code => "ICD-9 code",
        ResultElement.Icd10Code => "ICD-10 code",
        ResultElement.SnomedCode => "SNOMED code",
        ResultElement.LoincCode => "LOINC code",
        ResultElement.RxNormCode => "RxNorm code",
        ResultElement.ContactTelecom => "contact details",
        ResultElement.Verification => "verification status",
        _ => Words().Replace(element.ToString(), " ").ToLowerInvariant(),
    };

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Words();
}
