using System.CommandLine;
using MedGemma.Agents.Evaluation.Exams;
using MedGemma.Agents.Evaluation.Suites.Faults;
using MedGemma.Agents.Evaluation.Suites.Preparing;

namespace MedGemma.Agents.Host.Commands.Suites;

/// <summary>Prepares a multiple-choice exam of a file.</summary>
/// <param name="exam">Name of the exam.</param>
/// <param name="services">Makes the services of one run from settings by configuration key.</param>
internal sealed class ExamPreparer(string exam, Func<IReadOnlyDictionary<string, string?>, ServiceProvider> services) : SuitePreparer
{
    private readonly EvaluatedModel _model = new(required: true);

    private readonly Option<string> _questions = new("--questions")
    {
        Description = "The exam in its published shape; none is shipped. fhir-fixtures/README.md says where each is published.",
        HelpName = "FILE.jsonl",
        Required = true,
    };

    private readonly Option<bool> _think = new("--think") { Description = "Let MedGemma think before it answers." };

    private readonly Option<int> _tokens = new("--max-output-tokens")
    {
        Description = "Most tokens written to one question, thinking included; what is cut off is wrong.",
        HelpName = "N",
        DefaultValueFactory = _ => ExamOptions.DefaultMaxOutputTokens,
    };

    private readonly Option<int?> _limit = new("--limit") { Description = "Most questions, all subjects as evenly as it goes.", HelpName = "N" };

    /// <inheritdoc/>
    public override void AddTo(Command command)
    {
        IntegerRange.Demand(_tokens, 1, 131_072);
        IntegerRange.Demand(_limit, 1, int.MaxValue);
        _model.AddTo(command);
        command.Add(_questions);
        command.Add(_think);
        command.Add(_tokens);
        command.Add(_limit);
    }

    /// <inheritdoc/>
    public override Task<SuiteSession> PrepareAsync(ParseResult parsed, InjectedFault fault, CancellationToken cancellationToken)
    {
        var file = parsed.GetRequiredValue(_questions);
        if (!File.Exists(file))
            throw new CommandRefusedException($"--questions: {file} does not exist");

        var provider = services(new Dictionary<string, string?>());
        return OwnAsync(provider, null, async () =>
        {
            var model = _model.Of(parsed, provider)!;
            var request = new SuiteRequest(await _model.SubjectOfAsync(parsed, provider, "exam", cancellationToken).ConfigureAwait(false), new Dictionary<string, string>(), parsed.GetValue(_limit), Audit: false, fault);
            var options = new ExamOptions(parsed.GetValue(_think), parsed.GetValue(_tokens));
            return await ExamSuites.OfFileAsync(exam, file, model, options, request, provider.GetRequiredService<TimeProvider>(), cancellationToken).ConfigureAwait(false);
        });
    }
}
