using System.Collections.Frozen;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Status;

/// <summary>
/// Meanings that stand outside the status element: administrations that were not given, codes of personal and family history, social findings.
/// The data, with its sources, is <c>hidden-meanings.json</c>. Safe for concurrent use.
/// </summary>
internal static class HiddenMeanings
{
    private static readonly Dictionary<string, Dictionary<string, StatusRule>> Rules = Load();
    private static readonly FrozenDictionary<string, StatusRule> Methods = Rules["dosage-method"].ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    private static readonly FrozenDictionary<string, StatusRule> SocialFindings = Rules["social-finding"].ToFrozenDictionary(StringComparer.Ordinal);
    private static readonly KeyValuePair<string, StatusRule>[] Icd10 = [.. Rules["icd-10"]];
    private static readonly KeyValuePair<string, StatusRule>[] Icd9 = [.. Rules["icd-9"]];
    private static readonly KeyValuePair<string, StatusRule>[] DisplayPrefixes = [.. Rules["display-prefix"]];

    /// <summary>What the method of an administration says about whether anything was given.</summary>
    /// <param name="method">Code, display or text of <c>MedicationAdministration.dosage.method</c>.</param>
    /// <param name="rule">Its meaning.</param>
    public static bool TryOfMethod(string method, out StatusRule rule) => Methods.TryGetValue(method, out rule);

    /// <summary>Whether a code of a condition or procedure is history, suspicion, or a social finding rather than a disease.</summary>
    /// <param name="coding">The coding.</param>
    /// <param name="rule">The label it must carry.</param>
    /// <param name="isSocial">True for employment, education, housing, violence, stress.</param>
    public static bool TryOfCode(Coding coding, out StatusRule rule, out bool isSocial)
    {
        isSocial = false;
        if (coding.Code is { Length: > 0 } code)
        {
            if (IsSnomed(coding.System) && SocialFindings.TryGetValue(code, out rule))
            {
                isSocial = true;
                return true;
            }

            if (code[0] is 'Z' or 'z' && IsIcd10(coding.System))
                return TryPrefix(Icd10, code, out rule);

            if (code[0] is 'V' or 'v' && IsIcd9(coding.System))
                return TryPrefix(Icd9, code, out rule);
        }

        if (coding.Display is { Length: > 0 } display)
        {
            foreach (var (prefix, found) in DisplayPrefixes)
            {
                if (display.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                {
                    rule = found;
                    return true;
                }
            }
        }

        rule = default;
        return false;
    }

    private static bool TryPrefix(KeyValuePair<string, StatusRule>[] rules, string code, out StatusRule rule)
    {
        var plain = code.Contains('.', StringComparison.Ordinal) ? code.Replace(".", string.Empty, StringComparison.Ordinal) : code;
        foreach (var (prefix, found) in rules)
        {
            if (plain.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                rule = found;
                return true;
            }
        }

        rule = default;
        return false;
    }

    private static bool IsSnomed(string? system) => system is "http://snomed.info/sct" or "urn:oid:2.16.840.1.113883.6.96";

    private static bool IsIcd10(string? system) => system is not null
        && (system.Contains("icd-10", StringComparison.OrdinalIgnoreCase) || system.Contains("icd10", StringComparison.OrdinalIgnoreCase)
            || system is "urn:oid:2.16.840.1.113883.6.90" or "urn:oid:2.16.840.1.113883.6.3");

    private static bool IsIcd9(string? system) => system is not null
        && (system.Contains("icd-9", StringComparison.OrdinalIgnoreCase) || system.Contains("icd9", StringComparison.OrdinalIgnoreCase)
            || system is "urn:oid:2.16.840.1.113883.6.103" or "urn:oid:2.16.840.1.113883.6.42");

    private static Dictionary<string, Dictionary<string, StatusRule>> Load()
    {
        var rules = new Dictionary<string, Dictionary<string, StatusRule>>();
        foreach (var row in RuleFile.Rows("hidden-meanings.json").EnumerateArray())
        {
            var rule = row.GetProperty("rule").GetString()!;
            if (!rules.TryGetValue(rule, out var codes))
                rules[rule] = codes = [];

            codes.Add(row.GetProperty("code").GetString()!, RuleFile.Rule(row));
        }

        return rules;
    }
}
