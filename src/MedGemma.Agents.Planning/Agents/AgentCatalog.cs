using System.Diagnostics.CodeAnalysis;
using MedGemma.Agents.Planning.Models;
using MedGemma.Agents.Planning.Tools;

namespace MedGemma.Agents.Planning.Agents;

/// <summary>The agents of this installation, read and checked once. Immutable, safe for concurrent use.</summary>
public sealed class AgentCatalog
{
    private readonly Dictionary<string, AgentDefinition> _byName;

    private AgentCatalog(IEnumerable<AgentDefinition> agents) => _byName = agents.ToDictionary(agent => agent.Name, StringComparer.Ordinal);

    /// <summary>Every agent by name.</summary>
    public IReadOnlyList<AgentDefinition> All => [.. _byName.Values.OrderBy(agent => agent.Name, StringComparer.Ordinal)];

    /// <summary>Reads and checks every agent.</summary>
    /// <param name="folders">Where they are.</param>
    /// <param name="tools">The tools that there are.</param>
    /// <param name="schemas">Checks output schemas.</param>
    /// <exception cref="AgentFileException">An agent is wrong, or one that the program needs is missing.</exception>
    public static AgentCatalog Load(AgentFolders folders, IReadOnlyList<IRecordTool> tools, IOutputSchemaCheck schemas)
    {
        ArgumentNullException.ThrowIfNull(folders);
        ArgumentNullException.ThrowIfNull(tools);
        ArgumentNullException.ThrowIfNull(schemas);

        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var folder in folders.Folders.Where(Directory.Exists))
        {
            foreach (var agent in Directory.EnumerateDirectories(folder))
                found[Path.GetFileName(agent)] = agent;
        }

        var reader = new AgentReader(tools);
        var agents = found.Values.Select(reader.Read).ToList();
        if (AgentNames.Needed.FirstOrDefault(name => !found.ContainsKey(name)) is { } missing)
            throw new AgentFileException(string.Join(" and ", folders.Folders), $"there is no agent '{missing}'");

        foreach (var agent in agents)
        {
            if (schemas.FindProblem(agent.OutputSchema) is { } problem)
                throw new AgentFileException(Path.Combine(agent.Folder, AgentReader.SchemaFile), problem);
        }

        return new AgentCatalog(agents);
    }

    /// <summary>Finds an agent.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="agent">The agent.</param>
    public bool TryFind(string name, [NotNullWhen(true)] out AgentDefinition? agent) => _byName.TryGetValue(name, out agent);

    /// <summary>An agent that the program needs, which is always there.</summary>
    /// <param name="name">One of <see cref="AgentNames"/>.</param>
    public AgentDefinition this[string name] => _byName[name];

    /// <summary>Demands that the adapter of every agent is one of its model, where the model is configured.</summary>
    /// <param name="models">The configured models.</param>
    /// <exception cref="AgentFileException">One is not.</exception>
    public void DemandAdapters(IAgentModels models)
    {
        ArgumentNullException.ThrowIfNull(models);
        if (All.FirstOrDefault(agent => agent.Adapter is { } adapter && models.Has(agent.Model) && !models.HasAdapter(agent.Model, adapter)) is { } without)
            throw new AgentFileException(Path.Combine(without.Folder, AgentReader.YamlFile), $"the model '{without.Model}' has no adapter '{without.Adapter}'");
    }

    /// <summary>Demands that the model of every agent is configured.</summary>
    /// <param name="models">The configured models.</param>
    /// <exception cref="AgentFileException">One is not.</exception>
    public void DemandModels(IAgentModels models)
    {
        ArgumentNullException.ThrowIfNull(models);
        if (All.FirstOrDefault(agent => !models.Has(agent.Model)) is { } without)
            throw new AgentFileException(Path.Combine(without.Folder, AgentReader.YamlFile), $"no model '{without.Model}' is configured");
    }
}
