namespace MedGemma.Agents.Planning.Agents;

/// <summary>What <c>agent.yaml</c> says; members that are not here are refused.</summary>
internal sealed class AgentFile
{
    public string? Purpose { get; set; }

    public string? Model { get; set; }

    public string? Adapter { get; set; }

    public List<string> Tools { get; set; } = [];

    public AgentOptions Options { get; set; } = new();

    public AgentBudgets Budgets { get; set; } = new();
}
