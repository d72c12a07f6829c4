using System.CommandLine;
using System.Globalization;
using MedGemma.Agents.Evaluation.AgentTasks.Generating;
using MedGemma.Agents.Evaluation.Suites.Faults;
using MedGemma.Agents.Evaluation.Suites.Preparing;
using MedGemma.Agents.Records.Reading;
using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Host.Commands.Suites;

/// <summary>Prepares the agent suite: writes its patients to a folder of the run's own and reads them as any files.</summary>
/// <param name="services">Makes the services of one run from settings by configuration key.</param>
internal sealed class AgentTasksPreparer(Func<IReadOnlyDictionary<string, string?>, ServiceProvider> services) : SuitePreparer
{
    private readonly ModelChoice _model = new(required: false);
    private readonly Option<int> _patients = new("--patients") { Description = "Patients, 1 to 1000.", HelpName = "N", DefaultValueFactory = _ => new AgentTaskOptions().Patients };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Seed of patients and tasks.", HelpName = "N", DefaultValueFactory = _ => new AgentTaskOptions().Seed };
    private readonly Option<int?> _limit = new("--limit") { Description = "Most tasks, all categories as evenly as it goes.", HelpName = "N" };

    /// <inheritdoc/>
    public override void AddTo(Command command)
    {
        IntegerRange.Demand(_patients, 1, 1000);
        IntegerRange.Demand(_limit, 1, int.MaxValue);
        _model.AddTo(command);
        command.Add(_patients);
        command.Add(_seed);
        command.Add(_limit);
    }

    /// <inheritdoc/>
    public override bool IsTouchedBy(InjectedFault fault, ParseResult parsed) => fault.IsOfRecords || _model.IsGiven(parsed);

    /// <inheritdoc/>
    public override async Task<SuiteSession> PrepareAsync(ParseResult parsed, InjectedFault fault, CancellationToken cancellationToken)
    {
        var folder = new TemporaryFolder();
        var provider = services(new Dictionary<string, string?> { ["MedGemma:Conventions"] = "clinical", ["MedGemma:Zone"] = "UTC" });
        try
        {
            var options = new AgentTaskOptions { Patients = parsed.GetValue(_patients), Seed = parsed.GetValue(_seed) };
            AgentTaskFiles.Write(folder.Path, options, cancellationToken);
            var source = await FileRecordSource
                .OpenAsync([Path.Combine(folder.Path, "patients")], CompleteTypes.Everything, new ResourceReaderOptions(), provider.GetRequiredService<TimeProvider>(), cancellationToken)
                .ConfigureAwait(false);
            var conditions = new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["conventions"] = "clinical",
                ["patients"] = options.Patients.ToString(CultureInfo.InvariantCulture),
                ["seed"] = options.Seed.ToString(CultureInfo.InvariantCulture),
                ["zone"] = "UTC",
            };
            var request = new SuiteRequest(_model.SubjectOf(parsed, provider, "builtin"), conditions, parsed.GetValue(_limit), Audit: false, fault);
            var prepared = await AgentTaskSuites
                .OfFileAsync(Path.Combine(folder.Path, "tasks.jsonl"), source, RecordQaPreparer.Parts(provider), _model.Of(parsed, provider), request, cancellationToken)
                .ConfigureAwait(false);
            return new SuiteSession(prepared, provider, folder);
        }
        catch
        {
            await provider.DisposeAsync().ConfigureAwait(false);
            folder.Dispose();
            throw;
        }
    }
}
