using System.CommandLine;
using MedGemma.Agents.Evaluation.Suites.Faults;
using MedGemma.Agents.Evaluation.Suites.Preparing;
using MedGemma.Agents.Sessions.Storage;

namespace MedGemma.Agents.Host.Commands.Suites;

/// <summary>Prepares a file of questions about given data, such as FHIRPath-QA or a hospital's own; the same items and conditions as <c>medgemma eval qa --run</c>.</summary>
/// <param name="services">Makes the services of one run from settings by configuration key.</param>
/// <param name="error">Where problems of the files are listed.</param>
internal sealed class QaPreparer(Func<IReadOnlyDictionary<string, string?>, ServiceProvider> services, TextWriter error) : SuitePreparer
{
    private readonly SourceOptions _source = new();
    private readonly SubjectOptions _subject = new();
    private readonly QaOptions _options = new();

    /// <inheritdoc/>
    public override void AddTo(Command command)
    {
        _source.AddTo(command);
        _subject.AddTo(command);
        _options.AddTo(command);
    }

    /// <inheritdoc/>
    public override Task<SuiteSession> PrepareAsync(ParseResult parsed, InjectedFault fault, CancellationToken cancellationToken)
    {
        _options.DemandUsable(parsed);
        var provider = services(_subject.SettingsOf(parsed, _options.SettingsOf(parsed)));
        return OwnAsync(provider, null, async () =>
        {
            var source = await _source.OpenAsync(parsed, provider, error, cancellationToken).ConfigureAwait(false);
            await new AuditedAccess(_source, parsed, provider, AuditAction.EvaluateByCommand).OpenAsync(cancellationToken).ConfigureAwait(false);
            var request = new SuiteRequest(await SubjectOptions.OfAsync(provider, cancellationToken).ConfigureAwait(false), _options.ConditionsOf(parsed), _subject.LimitOf(parsed), _subject.AuditOf(parsed), fault);
            return await QuestionSuites
                .OfFileAsync(_options.QuestionsOf(parsed), _options.AlternativesOf(parsed), source, GeneratedPatients.Parts(provider), request, cancellationToken)
                .ConfigureAwait(false);
        });
    }
}
