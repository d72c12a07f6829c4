using MedGemma.Agents.Inference.Deployment;
using MedGemma.Agents.Planning.Models;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Host.Composition.Agents;

/// <summary>The configured models as agents know them. A model's processes start with its first request.</summary>
/// <param name="models">What is configured.</param>
/// <param name="services">Where clients are registered by key.</param>
internal sealed class ConfiguredAgentModels(ConfiguredModels models, IServiceProvider services) : IAgentModels
{
    private static readonly InferenceDialect s_dialect = new();

    public bool Has(string key) => models.ByKey.ContainsKey(key);

    public bool HasAdapter(string key, string adapter) => models.ByKey[key] is var options && (options.Adapters.ContainsKey(adapter) || string.IsNullOrEmpty(options.Path));

    public AgentModel? Find(string key) => models.ByKey.TryGetValue(key, out var options) && services.GetKeyedService<IChatClient>(key) is { } client
        ? new AgentModel(key, client, s_dialect, Fingerprint(options), Thinks: options.Thinking)
        : null;

    /// <summary>Looked at each time: a reload may have put another file in its place.</summary>
    private static string? Fingerprint(ModelOptions options)
    {
        try
        {
            return options.Path is { } path ? ModelFingerprint.Of(path) : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // The pool says what is wrong with the file; here nothing is known of it.
            return null;
        }
    }
}
