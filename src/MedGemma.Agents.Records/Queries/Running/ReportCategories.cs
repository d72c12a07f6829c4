using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>Which service a report is from, however its category is coded (https://terminology.hl7.org/CodeSystem-v2-0074.html, and LOINC's report classes).</summary>
internal static class ReportCategories
{
    private static readonly Dictionary<string, string[]> Codes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Radiology"] = ["RAD", "RUS", "RX", "CT", "NMR", "NMS", "CUS", "OUS", "VUS", "XRC", "imaging", "LP29684-5"],
        ["Pathology"] = ["PAT", "SP", "CP", "CTH", "PF", "LP7839-6"],
    };

    /// <summary>Whether a category is the one that is wanted, or a code of it.</summary>
    public static bool Is(string wanted, Coding category) =>
        Same(wanted, category.Code) || Same(wanted, category.Display) || (Codes.TryGetValue(wanted, out var codes) && codes.Any(code => Same(code, category.Code)));

    private static bool Same(string wanted, string? said) => string.Equals(wanted, said, StringComparison.OrdinalIgnoreCase);
}
