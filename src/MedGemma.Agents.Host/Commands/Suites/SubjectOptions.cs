using System.CommandLine;
using MedGemma.Agents.Evaluation.Suites.RunFiles;
using MedGemma.Agents.Host.Composition.Agents;
using MedGemma.Agents.Planning.Agents;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Host.Commands.Suites;

/// <summary>The options that say which planners are measured and how much of a suite is put to them.</summary>
internal sealed class SubjectOptions
{
    private const string Builtin = "builtin";

    private readonly Option<string?> _planner = PlannerOption.Create();
    private readonly Option<int?> _limit = new("--limit") { Description = "Most items, all categories as evenly as it goes.", HelpName = "N" };
    private readonly Option<bool> _audit = new("--audit") { Description = "Evaluate the evidence of every answer again on the raw resources; an answer whose evidence does not hold is wrong." };

    public SubjectOptions() => IntegerRange.Demand(_limit, 1, int.MaxValue);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_planner);
        command.Add(_limit);
        command.Add(_audit);
    }

    /// <summary>Most items; null for all.</summary>
    public int? LimitOf(ParseResult parsed) => parsed.GetValue(_limit);

    /// <summary>Whether evidence is audited.</summary>
    public bool AuditOf(ParseResult parsed) => parsed.GetValue(_audit);

    /// <summary>Settings of the services.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="others">Other settings of the run.</param>
    public IReadOnlyDictionary<string, string?> SettingsOf(ParseResult parsed, IReadOnlyDictionary<string, string?> others) =>
        PlannerOption.Settings(parsed.GetValue(_planner), others);

    /// <summary>What is measured: the planners as they are configured, with every agent and every model where models take part.</summary>
    /// <param name="services">The services of the run.</param>
    /// <param name="cancellationToken">Ends the wait for the models.</param>
    /// <exception cref="CommandRefusedException">A model cannot be told from others.</exception>
    public static async Task<RunSubject> OfAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var mode = services.GetRequiredService<IOptions<PlannerOptions>>().Value.Mode;
        if (mode == Builtin)
            return new RunSubject(mode, null, new Dictionary<string, string>(), new Dictionary<string, string>());

        var agents = services.GetRequiredService<AgentCatalog>().All;
        var models = agents.Select(agent => agent.Model).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var settings = await MeasuredModels.DescribeAsync(models, services, cancellationToken).ConfigureAwait(false);
        return new RunSubject(mode, string.Join(' ', models), agents.ToDictionary(agent => agent.Name, agent => agent.Hash, StringComparer.Ordinal), settings);
    }
}
