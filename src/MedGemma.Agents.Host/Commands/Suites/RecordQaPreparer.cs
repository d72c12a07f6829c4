using System.CommandLine;
using System.Globalization;
using MedGemma.Agents.Evaluation.RecordQuestions;
using MedGemma.Agents.Evaluation.Suites.Faults;
using MedGemma.Agents.Evaluation.Suites.Preparing;

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
    public override Task<SuiteSession> PrepareAsync(ParseResult parsed, InjectedFault fault, CancellationToken cancellationToken)
    {
        var provider = services(_subject.SettingsOf(parsed, GeneratedPatients.Settings));
        var folder = new TemporaryFolder();
        return OwnAsync(provider, folder, async () =>
        {
            RecordQuestionFiles.Write(folder.Path, _options.SplitOf(parsed), _options.Of(parsed), cancellationToken);
            var source = await GeneratedPatients.OpenAsync(folder, provider, cancellationToken).ConfigureAwait(false);
            var request = new SuiteRequest(await SubjectOptions.OfAsync(provider, cancellationToken).ConfigureAwait(false), Conditions(parsed), _subject.LimitOf(parsed), _subject.AuditOf(parsed), fault);
            return await QuestionSuites
                .OfRecordsAsync(Path.Combine(folder.Path, "questions.jsonl"), source, GeneratedPatients.Parts(provider), request, cancellationToken)
                .ConfigureAwait(false);
        });
    }

    private SortedDictionary<string, string> Conditions(ParseResult parsed)
    {
        var (options, conditions) = (_options.Of(parsed), GeneratedPatients.Conditions);
        conditions["patients"] = options.Patients.ToString(CultureInfo.InvariantCulture);
        conditions["seed"] = options.Seed.ToString(CultureInfo.InvariantCulture);
        conditions["split"] = _options.SplitOf(parsed).ToString().ToLowerInvariant();
        return conditions;
    }
}
