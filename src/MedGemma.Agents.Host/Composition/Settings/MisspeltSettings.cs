using System.Collections.Frozen;
using MedGemma.Agents.Host.Commands;
using MedGemma.Agents.Records.Concepts;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace MedGemma.Agents.Host.Composition.Settings;

/// <summary>
/// Finds settings, below <c>MedGemma</c> and beside it, that nothing reads. The binder passes over them, and who wrote one would take a default for what was written.
/// </summary>
internal static class MisspeltSettings
{
    private const string Prefix = "MEDGEMMA_";
    private static readonly SettingShape.Group s_roots = new(new[] { MedGemmaOptions.Section, "Logging" }.ToFrozenDictionary(root => root, _ => (SettingShape)KnownSettings.Root, StringComparer.OrdinalIgnoreCase));

    /// <summary>Refuses a configuration that holds one.</summary>
    /// <param name="configuration">Everything configured.</param>
    /// <exception cref="CommandRefusedException">A setting is not known; the line names it, where it stands, and the nearest that is.</exception>
    public static void Refuse(IConfigurationRoot configuration)
    {
        var found = Below(configuration.GetSection(MedGemmaOptions.Section), KnownSettings.Root)
            .Concat(configuration.GetChildren().Where(section => !s_roots.Members.ContainsKey(section.Key) && MayBeMeant(configuration, section)).Select(section => (Section: section, Known: (SettingShape.Group?)s_roots)))
            .Select(unknown => Describe(configuration, unknown.Section, unknown.Known))
            .ToList();
        if (found.Count > 0)
            throw new CommandRefusedException(string.Join("; ", found));
    }

    private static IEnumerable<(IConfigurationSection Section, SettingShape.Group? Known)> Below(IConfigurationSection section, SettingShape shape)
    {
        foreach (var child in section.GetChildren())
        {
            var below = shape switch
            {
                SettingShape.Group group => group.Members.GetValueOrDefault(child.Key),
                SettingShape.Many many => many.Item,
                _ => null,
            };
            if (below is null)
            {
                yield return (child, shape as SettingShape.Group);
                continue;
            }

            foreach (var unknown in Below(child, below))
                yield return unknown;
        }
    }

    /// <summary>Variables in capitals are other programs' own (<c>MEDGEMMA_HOME</c> of a script), unless they are spelt almost like the section or like a setting.</summary>
    private static bool MayBeMeant(IConfigurationRoot configuration, IConfigurationSection root) =>
        SourceOf(configuration, root) is not EnvironmentVariablesConfigurationProvider
        || root.Key.Any(char.IsLower)
        || Nearest(root.Key, s_roots.Members.Keys) is not null
        || Elsewhere(root.Key) is not null;

    private static IConfigurationProvider? SourceOf(IConfigurationRoot configuration, IConfigurationSection section) =>
        configuration.Providers.LastOrDefault(provider => provider.TryGet(section.Path, out _) || provider.GetChildKeys([], section.Path).Any());

    private static string Describe(IConfigurationRoot configuration, IConfigurationSection unknown, SettingShape.Group? known)
    {
        var parent = ConfigurationPath.GetParentPath(unknown.Path) ?? "";
        var (place, write) = SourceOf(configuration, unknown) switch
        {
            EnvironmentVariablesConfigurationProvider => ("the environment: ", (Func<string, string>)(key => Prefix + key.Replace(":", "__", StringComparison.Ordinal))),
            JsonConfigurationProvider { Source: { Path: { } file, FileProvider: var folder } } => ($"{folder?.GetFileInfo(file).PhysicalPath ?? file}: ", key => key),
            _ => ("", key => key),
        };
        var nearest = known is null ? null : Nearest(unknown.Key, known.Members.Keys) is { } name ? (parent.Length == 0 ? name : ConfigurationPath.Combine(parent, name)) : Elsewhere(unknown.Key);
        var advice = nearest is not null ? $"did you mean {write(nearest)}?"
            : known is null ? $"{write(parent)} is one value"
            : parent.Length == 0 ? $"all settings are below {string.Join(" and ", known.Members.Keys.Order(StringComparer.Ordinal))}"
            : $"{write(parent)} has {string.Join(", ", known.Members.Keys.Order(StringComparer.Ordinal))}";
        return $"{place}{write(unknown.Path)} is no setting: {advice}";
    }

    /// <summary>The name that differs least, if by less than a third of its letters, or that holds all of what was written or is held by it.</summary>
    private static string? Nearest(string written, IEnumerable<string> names)
    {
        var most = Math.Max(1, written.Length / 3);
        return names
            .Select(name => (Name: name, Distance: Distance(written, name, most)))
            .Where(candidate => candidate.Distance is not null)
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }

    private static int? Distance(string written, string name, int most)
    {
        var (first, second) = (written.ToUpperInvariant(), name.ToUpperInvariant());
        for (var edits = 0; edits <= most; edits++)
        {
            if (EditDistance.IsWithin(first, second, edits))
                return edits;
        }

        return Math.Min(first.Length, second.Length) > 2 && (first.Contains(second, StringComparison.Ordinal) || second.Contains(first, StringComparison.Ordinal)) ? most + 1 : null;
    }

    /// <summary>A setting of that name in another section, if there is just one.</summary>
    private static string? Elsewhere(string written) =>
        KnownSettings.Keys.Where(key => ConfigurationPath.GetSectionKey(key).Equals(written, StringComparison.OrdinalIgnoreCase)).Take(2).ToList() is [var only] ? only : null;
}
