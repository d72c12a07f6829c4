using System.CommandLine;
using System.Globalization;
using MedGemma.Agents.Evaluation.AgentTasks.Generating;
using MedGemma.Agents.Evaluation.Suites.Faults;
using MedGemma.Agents.Evaluation.Suites.Preparing;

namespace MedGemma.Agents.Host.Commands.Suites;

/// <summary>Prepares the agent suite: writes its patients to a folder of the run's own and reads them as any files.</summary>
/// <param name="services">Makes the services of one run from settings by configuration key.</param>
internal sealed class AgentTasksPreparer(Func<IReadOnlyDictionary<string, string?>, ServiceProvider> services) : SuitePreparer
{
    private readonly EvaluatedModel _model = new(required: false);
    private readonly AgentTasksOptions _options = new();
    private readonly Option<int?> _limit = new("--limit") { Description = "Most tasks, all categories as evenly as it goes.", HelpName = "N" };

    /// <inheritdoc/>
    public override void AddTo(Command command)
    {
        IntegerRange.Demand(_limit, 1, int.MaxValue);
        _model.AddTo(command);
        _options.AddTo(command);
        command.Add(_limit);
    }

    /// <inheritdoc/>
    public override Task<SuiteSession> PrepareAsync(ParseResult parsed, InjectedFault fault, CancellationToken cancellationToken)
    {
        var provider = services(GeneratedPatients.Settings);
        var folder = new TemporaryFolder();
        return OwnAsync(provider, folder, async () =>
        {
            var options = _options.Of(parsed);
            AgentTaskFiles.Write(folder.Path, options, cancellationToken);
            var source = await GeneratedPatients.OpenAsync(folder, provider, cancellationToken).ConfigureAwait(false);
            var conditions = GeneratedPatients.Conditions;
            conditions["patients"] = options.Patients.ToString(CultureInfo.InvariantCulture);
            conditions["seed"] = options.Seed.ToString(CultureInfo.InvariantCulture);
            var planners = await SubjectOptions.OfAsync(provider, cancellationToken).ConfigureAwait(false);
            var subject = await _model.SubjectOfAsync(parsed, provider, planners.Planner, cancellationToken).ConfigureAwait(false) with { Agents = planners.Agents };
            var request = new SuiteRequest(subject, conditions, parsed.GetValue(_limit), Audit: false, fault);
            return await AgentTaskSuites
                .OfFileAsync(Path.Combine(folder.Path, "tasks.jsonl"), source, GeneratedPatients.Parts(provider), _model.Of(parsed, provider), request, cancellationToken)
                .ConfigureAwait(false);
        });
    }
}
