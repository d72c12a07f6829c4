using MedGemma.Agents.Planning.Agents;

namespace MedGemma.Agents.Host.Composition.Agents;

/// <summary>Where this installation has its agents.</summary>
internal static class InstalledAgents
{
    /// <summary>The program's own, then the site's.</summary>
    public static AgentFolders Folders(PlannerOptions options) => new([Path.Combine(AppContext.BaseDirectory, "agents"), options.AgentFolder]);
}
