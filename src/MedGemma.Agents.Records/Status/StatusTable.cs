using System.Collections.Frozen;

namespace MedGemma.Agents.Records.Status;

/// <summary>Decides by type, element and code whether a resource counts; the data, with its sources, is <c>status-table.json</c>. Safe for concurrent use.</summary>
internal static class StatusTable
{
    /// <summary>A code that the table does not know is never silently counted.</summary>
    public static readonly StatusRule NotUnderstood = new(Standing.CountsWithLabel, "status not understood");

    private static readonly FrozenDictionary<(string Type, string Element, string Code), StatusRule> Rules = Load();

    private static readonly FrozenSet<(string Type, string Element)> Elements =
        Rules.Keys.Select(key => (key.Type, key.Element)).ToFrozenSet();

    /// <summary>What a code means; an empty code is an element that is not there.</summary>
    /// <param name="type">FHIR resource type name.</param>
    /// <param name="element">The element that holds the code.</param>
    /// <param name="code">The code, or empty.</param>
    public static StatusRule Judge(string type, string element, string code)
    {
        if (Rules.TryGetValue((type, element, code), out var rule))
            return rule;

        // Elements without a row (types not known in depth) and optional ones that are absent say nothing.
        return code.Length == 0 ? default : Elements.Contains((type, element)) ? NotUnderstood : Common(code);
    }

    /// <summary>What a code means in types that the table has no row for: these words mean the same wherever FHIR uses them.</summary>
    private static StatusRule Common(string code) => code switch
    {
        "entered-in-error" => new StatusRule(Standing.NeverCounts, "entered in error"),
        "cancelled" => new StatusRule(Standing.NeverCounts, "cancelled"),
        "not-done" => new StatusRule(Standing.NeverCounts, "not done"),
        "draft" => new StatusRule(Standing.NeverCounts, "draft"),
        _ => default,
    };

    private static FrozenDictionary<(string, string, string), StatusRule> Load()
    {
        var rules = new Dictionary<(string, string, string), StatusRule>();
        foreach (var row in RuleFile.Rows("status-table.json").EnumerateArray())
        {
            var type = row.GetProperty("type").GetString()!;
            var element = row.GetProperty("element").GetString()!;
            foreach (var code in row.GetProperty("codes").EnumerateArray())
                rules.Add((type, element, code.GetProperty("code").GetString()!), RuleFile.Rule(code));
        }

        return rules.ToFrozenDictionary();
    }
}
