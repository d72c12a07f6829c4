using System.CommandLine;
using MedGemma.Agents.Evaluation.AgentTasks.Generating;

namespace MedGemma.Agents.Host.Commands.Suites;

/// <summary>The options that say which synthetic patients and tasks the agent suite makes.</summary>
internal sealed class AgentTasksOptions
{
    private readonly Option<int> _patients = new("--patients") { Description = "Patients, 1 to 1000.", HelpName = "N", DefaultValueFactory = _ => new AgentTaskOptions().Patients };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Seed of patients and tasks.", HelpName = "N", DefaultValueFactory = _ => new AgentTaskOptions().Seed };

    public AgentTasksOptions() => IntegerRange.Demand(_patients, 1, 1000);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_patients);
        command.Add(_seed);
    }

    /// <summary>What to generate.</summary>
    public AgentTaskOptions Of(ParseResult parsed) => new() { Patients = parsed.GetValue(_patients), Seed = parsed.GetValue(_seed) };
}
