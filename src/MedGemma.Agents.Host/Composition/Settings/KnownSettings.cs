using System.Collections.Frozen;
using MedGemma.Agents.Host.Composition.Agents;
using MedGemma.Agents.Host.Serving;
using MedGemma.Agents.Host.Serving.ModelApi;
using MedGemma.Agents.Host.Telemetry;
using MedGemma.Agents.Inference.Deployment;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Store;
using MedGemma.Agents.Sessions;
using MedGemma.Agents.Sessions.Records;

namespace MedGemma.Agents.Host.Composition.Settings;

/// <summary>Every setting below section <c>MedGemma</c>.</summary>
internal static class KnownSettings
{
    /// <summary>The sections by their whole keys, and what is bound to each.</summary>
    private static readonly Dictionary<string, Type> s_sections = new()
    {
        [PlannerOptions.Section] = typeof(PlannerOptions),
        [PlanningServices.ConceptSection] = typeof(ConceptOptions),
        [ConfiguredModels.Section] = typeof(Dictionary<string, ModelOptions>),
        [ModelApiOptions.Section] = typeof(ModelApiOptions),
        [StoreOptions.Section] = typeof(StoreOptions),
        [PatientSessionOptions.SectionName] = typeof(PatientSessionOptions),
        [RecordCacheOptions.SectionName] = typeof(RecordCacheOptions),
        [ServingOptions.Section] = typeof(ServingOptions),
        [TelemetryOptions.Section] = typeof(TelemetryOptions),
    };

    /// <summary>What may stand under <c>MedGemma</c>.</summary>
    public static SettingShape.Group Root { get; } = new(((SettingShape.Group)SettingShape.Of(typeof(MedGemmaOptions))).Members
        .Concat(s_sections.Select(section => KeyValuePair.Create(ConfigurationPath.GetSectionKey(section.Key), SettingShape.Of(section.Value))))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase));

    /// <summary>The whole keys of all single settings; a place of a list and a name that the site gives are <c>*</c>.</summary>
    public static IEnumerable<string> Keys { get; } = [.. KeysBelow(MedGemmaOptions.Section, Root)];

    private static IEnumerable<string> KeysBelow(string key, SettingShape shape) => shape switch
    {
        SettingShape.Group group => group.Members.SelectMany(member => KeysBelow(ConfigurationPath.Combine(key, member.Key), member.Value)),
        SettingShape.Many many => KeysBelow(ConfigurationPath.Combine(key, "*"), many.Item),
        _ => [key],
    };
}
