using System.CommandLine;
using MedGemma.Agents.Host.Composition.Agents;
using MedGemma.Agents.Planning.Agents;
using MedGemma.Agents.Planning.Models;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Host.Commands;

/// <summary><c>medgemma agents</c>: the agents of this installation.</summary>
internal static class AgentsCommand
{
    /// <summary>Creates the verb.</summary>
    /// <param name="services">Makes the services of one run from settings by configuration key; a wrong agent ends it with one line.</param>
    public static Command Create(Func<IReadOnlyDictionary<string, string?>, ServiceProvider> services)
    {
        var folder = new Option<string?>("--folder") { Description = "Folder with the site's agents. [default: as configured, /etc/medgemma/agents]" };
        var list = new Command("list", "Lists agents: name, model with its adapter, tools, beginning of the hash, folder.") { folder };
        list.SetAction(async (parsed, _) =>
        {
            await using var provider = services(Settings(parsed.GetValue(folder)));
            foreach (var agent in Agents(provider))
            {
                await parsed.InvocationConfiguration.Output.WriteLineAsync(
                    $"{agent.Name}\t{agent.Model}{(agent.Adapter is null ? "" : $"+{agent.Adapter}")}\t{(agent.Tools.Count == 0 ? "no tools" : string.Join(',', agent.Tools))}\t{agent.Hash[..12]}\t{agent.Folder}").ConfigureAwait(false);
            }

            return ExitCode.Done;
        });

        var check = new Command("check", "Reads every agent, and says what is wrong with the first wrong one.") { folder };
        check.SetAction(async (parsed, _) =>
        {
            await using var provider = services(Settings(parsed.GetValue(folder)));
            var agents = Agents(provider);
            var models = provider.GetRequiredService<IAgentModels>();
            var without = agents.Where(agent => !models.Has(agent.Model)).Select(agent => agent.Model).Distinct(StringComparer.Ordinal).ToList();
            var output = parsed.InvocationConfiguration.Output;
            await output.WriteLineAsync($"{Amount.Of(agents.Count, "agent", "agents")} read, nothing wrong with them").ConfigureAwait(false);
            foreach (var key in without)
                await output.WriteLineAsync($"no model '{key}' is configured; until there is one, only the built-in planner answers").ConfigureAwait(false);
            return ExitCode.Done;
        });
        return new Command("agents", "Lists and checks agents.") { list, check };
    }

    private static IReadOnlyList<AgentDefinition> Agents(IServiceProvider provider)
    {
        _ = provider.GetRequiredService<IOptions<PlannerOptions>>().Value;
        return provider.GetRequiredService<AgentCatalog>().All;
    }

    private static Dictionary<string, string?> Settings(string? folder) =>
        folder is null ? []
        : !Directory.Exists(folder) ? throw new CommandRefusedException($"--folder: {folder} is no folder")
        : new Dictionary<string, string?> { [$"{PlannerOptions.Section}:{nameof(PlannerOptions.AgentFolder)}"] = folder };
}
