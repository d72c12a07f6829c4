using System.CommandLine;
using System.Globalization;
using MedGemma.Agents.Evaluation.RecordQuestions;
using MedGemma.Agents.Evaluation.Suites.Faults;
using MedGemma.Agents.Evaluation.Suites.Preparing;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Queries.Derivations;
using MedGemma.Agents.Records.Reading;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Records.Units;

namespace MedGemma.Agents.Host.Commands.Suites;

/// <summary>Prepares the record suite: writes its patients to a folder of the run's own and reads them as any files.</summary>
/// <param name="services">Makes the services of one run from settings by configuration key.</param>
internal sealed class RecordQaPreparer(Func<IReadOnlyDictionary<string, string?>, ServiceProvider> services) : SuitePreparer
{
    private readonly SubjectOptions _subject = new();
    private readonly RecordQaOptions _options = new();

    /// <inheritdoc/>
    public override void AddTo(Command command)
    {
        _subject.AddTo(command);
        _options.AddTo(command);
    }

    /// <inheritdoc/>
    public override bool IsTouchedBy(InjectedFault fault, ParseResult parsed) => fault.IsOfRecords;

    /// <inheritdoc/>
    public override async Task<SuiteSession> PrepareAsync(ParseResult parsed, InjectedFault fault, CancellationToken cancellationToken)
    {
        var folder = new TemporaryFolder();
        var provider = services(new Dictionary<string, string?> { ["MedGemma:Conventions"] = "clinical", ["MedGemma:Zone"] = "UTC" });
        try
        {
            var options = _options.Of(parsed);
            var split = _options.SplitOf(parsed);
            RecordQuestionFiles.Write(folder.Path, split, options, cancellationToken);
            var source = await FileRecordSource
                .OpenAsync([Path.Combine(folder.Path, "patients")], CompleteTypes.Everything, new ResourceReaderOptions(), provider.GetRequiredService<TimeProvider>(), cancellationToken)
                .ConfigureAwait(false);
            var request = new SuiteRequest(_subject.Of(parsed), Conditions(options, split), _subject.LimitOf(parsed), _subject.AuditOf(parsed), fault);
            var prepared = await QuestionSuites
                .OfRecordsAsync(Path.Combine(folder.Path, "questions.jsonl"), source, Parts(provider), request, cancellationToken)
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

    /// <summary>What answers questions about records.</summary>
    public static AnsweringParts Parts(IServiceProvider provider) => new(
        provider.GetRequiredService<IRecordBuilder>(),
        provider.GetRequiredService<IQuestionAnswerer>(),
        new DerivationRecomputer(provider.GetRequiredService<IUnitConverter>()),
        provider.GetRequiredService<TimeProvider>());

    private static SortedDictionary<string, string> Conditions(RecordQuestionOptions options, PatientSplit split) => new(StringComparer.Ordinal)
    {
        ["conventions"] = "clinical",
        ["patients"] = options.Patients.ToString(CultureInfo.InvariantCulture),
        ["seed"] = options.Seed.ToString(CultureInfo.InvariantCulture),
        ["split"] = split.ToString().ToLowerInvariant(),
        ["zone"] = "UTC",
    };
}
