namespace MedGemma.Agents.Planning.Models;

/// <summary>The models of the configuration, by key. Safe for concurrent use.</summary>
public interface IAgentModels
{
    /// <summary>Whether a model of this key is configured, whether or not it runs.</summary>
    /// <param name="key">The key, such as <c>planner</c>.</param>
    bool Has(string key);

    /// <summary>Whether a configured model may be asked for an adapter: one that is configured with it, or any where only its servers know.</summary>
    /// <param name="key">The key of a model that is configured.</param>
    /// <param name="adapter">Name of a LoRA adapter.</param>
    bool HasAdapter(string key, string adapter);

    /// <summary>The model of a key, or null when none is configured.</summary>
    /// <param name="key">The key.</param>
    AgentModel? Find(string key);
}
