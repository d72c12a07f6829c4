namespace MedGemma.Agents.Evaluation.Suites.RunFiles;

/// <summary>What two manifests have not in common.</summary>
internal static class RunFit
{
    /// <summary>What must be the same for two runs to be compared, and is not.</summary>
    public static IReadOnlyList<string> Misfits(RunManifest first, RunManifest second) =>
    [
        .. Differing("suite", first.Conditions.Suite, second.Conditions.Suite),
        .. Differing("score", first.Conditions.Score, second.Conditions.Score),
        .. Differing("questions", first.Conditions.Questions, second.Conditions.Questions),
        .. Differing("data", first.Conditions.Data, second.Conditions.Data),
        .. Differing("fault", first.Conditions.Fault, second.Conditions.Fault),
        .. Differing(first.Conditions.Settings, second.Conditions.Settings),
        .. Differing("items", first.Items, second.Items),
    ];

    /// <summary>Everything that differs.</summary>
    public static IReadOnlyList<string> Differences(RunManifest first, RunManifest second) =>
    [
        .. Misfits(first, second),
        .. Differing("planner", first.Subject.Planner, second.Subject.Planner),
        .. Differing("model", first.Subject.Model, second.Subject.Model),
        .. Differing(first.Subject.Agents, second.Subject.Agents),
        .. Differing(first.Subject.Settings, second.Subject.Settings),
        .. Differing(first.Versions, second.Versions),
    ];

    private static IEnumerable<string> Differing<T>(string name, T first, T second) =>
        EqualityComparer<T>.Default.Equals(first, second) ? [] : [name];

    private static IEnumerable<string> Differing(IReadOnlyDictionary<string, string> first, IReadOnlyDictionary<string, string> second) =>
        first.Keys.Union(second.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Where(key => first.GetValueOrDefault(key) != second.GetValueOrDefault(key));
}
