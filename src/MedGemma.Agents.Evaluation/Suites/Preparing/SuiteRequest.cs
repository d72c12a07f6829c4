using System.Globalization;
using MedGemma.Agents.Evaluation.Suites.Faults;
using MedGemma.Agents.Evaluation.Suites.RunFiles;

namespace MedGemma.Agents.Evaluation.Suites.Preparing;

/// <summary>What is to be run of a suite.</summary>
/// <param name="Subject">What is measured.</param>
/// <param name="Conditions">Settings that decide what is right: conventions, zone, split.</param>
/// <param name="Limit">Most items, all categories as evenly as it goes; null for all.</param>
/// <param name="Audit">Whether every answer's evidence is evaluated again on the raw resources.</param>
/// <param name="Fault">The fault to inject.</param>
public sealed record SuiteRequest(RunSubject Subject, IReadOnlyDictionary<string, string> Conditions, int? Limit, bool Audit, InjectedFault Fault)
{
    /// <summary>The same with one more condition.</summary>
    internal SuiteRequest With(string name, string value) =>
        this with { Conditions = new SortedDictionary<string, string>(Conditions.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal) { [name] = value } };

    /// <summary>
    /// The first items of each category in turn until <see cref="Limit"/> are taken, in their own order: the same for every run of the same items.
    /// </summary>
    internal IReadOnlyList<T> Limited<T>(IReadOnlyList<T> items, Func<T, string> category)
    {
        if (Limit is not { } limit || limit >= items.Count)
            return items;

        return [.. items.Index()
            .GroupBy(item => category(item.Item), StringComparer.Ordinal)
            .SelectMany(group => group.Select((item, turn) => (item, turn)))
            .OrderBy(entry => entry.turn).ThenBy(entry => entry.item.Index)
            .Take(limit)
            .OrderBy(entry => entry.item.Index)
            .Select(entry => entry.item.Item)];
    }

    /// <summary>The manifest of a run.</summary>
    internal RunManifest ManifestOf(RunConditions conditions, int items)
    {
        var settings = new SortedDictionary<string, string>(conditions.Settings.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
        if (Limit is { } limit)
            settings["limit"] = limit.ToString(CultureInfo.InvariantCulture);

        return new RunManifest(RunManifest.CurrentFormat, conditions with { Settings = settings }, Subject, ProgramVersions.Now, items);
    }
}
