using MedGemma.Agents.Records.Queries.Elements;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>Tells measurements that go by one name and must never be computed together: the pressures of a blood pressure, the components of a panel.</summary>
internal static class MeasuredThings
{
    /// <summary>LOINC codes by pressure and body position (https://loinc.org/85354-9, https://loinc.org/34534-8).</summary>
    private static readonly Dictionary<string, string> Pressures = new(StringComparer.Ordinal)
    {
        ["8480-6"] = "systolic", ["8459-0"] = "systolic", ["8460-8"] = "systolic", ["8461-6"] = "systolic", ["8508-4"] = "systolic", ["8479-8"] = "systolic",
        ["8462-4"] = "diastolic", ["8453-3"] = "diastolic", ["8454-1"] = "diastolic", ["8455-8"] = "diastolic", ["8506-8"] = "diastolic",
        ["8478-0"] = "mean pressure",
    };

    /// <summary>What the value measures where that is finer than the concept it was found by, or null.</summary>
    public static string? Of(QueryRun run, Finding finding, ElementValue value)
    {
        if (Numbers.LoincOf(finding, value) is { } loinc && Pressures.TryGetValue(loinc, out var pressure))
            return pressure;
        if (value.Label is not null)
            return value.Label;
        return finding.Part >= 0 && finding.Resource.Key.Type == "Observation" ? ElementReader.LabelOf(run.Record, finding) : null;
    }
}
