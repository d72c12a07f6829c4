namespace MedGemma.Agents.Planning.Models;

/// <summary>The models of the configuration, by key. Safe for concurrent use.</summary>
public interface IAgentModels
{
    /// <summary>Whether a model of this key is configured, whether or not it runs.</summary>
    /// <param name="key">The key, such as <c>planner</c>.</param>
    bool Has(string key);

    /// <summary>The model of a key, or null when none is configured.</summary>
    /// <param name="key">The key.</param>
    AgentModel? Find(string key);
}
