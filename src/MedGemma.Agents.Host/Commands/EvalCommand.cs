using System.CommandLine;
using MedGemma.Agents.Evaluation.QuestionAnswering;
using MedGemma.Agents.Evaluation.Suites.Faults;
using MedGemma.Agents.Evaluation.Suites.Preparing;
using MedGemma.Agents.Host.Commands.Suites;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Queries.Derivations;
using MedGemma.Agents.Records.Units;
using MedGemma.Agents.Sessions.Storage;

namespace MedGemma.Agents.Host.Commands;

/// <summary><c>medgemma eval</c>: runs a benchmark on a data set and reports.</summary>
internal sealed class EvalCommand
{
    private readonly Func<IReadOnlyDictionary<string, string?>, ServiceProvider> _services;
    private readonly TextWriter _error;
    private readonly SourceOptions _source = new();

    private readonly QaOptions _qa = new();

    private readonly Option<string> _out = new("--out")
    {
        Description = "Where the predictions go, one JSON object a line; replaced only by a complete run.",
        HelpName = "PREDICTIONS.jsonl",
        Required = true,
    };

    private readonly Option<string?> _report = new("--report")
    {
        Description = "Where the HTML report goes. It holds patient ids, questions and answers. [default: beside the predictions]",
        HelpName = "FILE.html",
    };

    private readonly Option<string?> _planner = PlannerOption.Create();

    private readonly Option<string?> _run = new("--run")
    {
        Description = "Where the run goes that 'eval compare' and 'accept' read. It holds patient ids, questions and answers.",
        HelpName = "RUN.jsonl",
    };

    private readonly Option<int> _concurrency = new("--concurrency")
    {
        Description = "Most questions answered at once, 1 to 1024.",
        HelpName = "N",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    private readonly Option<bool> _audit = new("--audit")
    {
        Description = "Evaluate the evidence of every answer again on the raw resources, and fail when any does not hold.",
    };

    private EvalCommand(Func<IReadOnlyDictionary<string, string?>, ServiceProvider> services, TextWriter error)
    {
        _services = services;
        _error = error;
        IntegerRange.Demand(_concurrency, 1, 1024);
    }

    /// <summary>Creates the verb.</summary>
    /// <param name="services">Makes the services of one run from settings by configuration key.</param>
    /// <param name="error">Where problems of the files are listed.</param>
    public static Command Create(Func<IReadOnlyDictionary<string, string?>, ServiceProvider> services, TextWriter error)
    {
        var run = new EvalCommand(services, error);
        var questionAnswering = new Command("qa", "Answers a file of questions from FHIR data, writes the predictions and scores them.")
        {
            run._out, run._report, run._run, run._planner, run._concurrency, run._audit,
        };
        run._qa.AddTo(questionAnswering);
        run._source.AddTo(questionAnswering);
        questionAnswering.SetAction(run.RunAsync);
        var command = new Command("eval", "Runs a suite, or compares two runs.") { questionAnswering, CompareCommand.Create() };
        foreach (var (name, description, preparer) in SuiteCatalogue.All(services))
            command.Add(SuiteCommand.Create(name, description, preparer));

        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var services = _services(PlannerOption.Settings(parsed.GetValue(_planner), _qa.SettingsOf(parsed)));
        var source = await _source.OpenAsync(parsed, services, _error, cancellationToken).ConfigureAwait(false);
        var evaluation = new QuestionAnsweringEvaluation(
            source,
            services.GetRequiredService<IRecordBuilder>(),
            services.GetRequiredService<IQuestionAnswerer>(),
            new DerivationRecomputer(services.GetRequiredService<IUnitConverter>()),
            services.GetRequiredService<TimeProvider>());
        DemandUsableFiles(parsed);
        await new AuditedAccess(_source, parsed, services, AuditAction.EvaluateByCommand).OpenAsync(cancellationToken).ConfigureAwait(false);
        var outcome = await EvaluateAsync(evaluation, parsed, services, cancellationToken).ConfigureAwait(false);
        if (outcome is { Asked: 0, MalformedLines: 0, RecordProblems: 0 })
            throw new CommandRefusedException("--questions: the file holds no question, so nothing was measured");
        if (outcome.IsClean)
            return ExitCode.Done;

        throw new CommandRefusedException(
            $"done, but {Amount.Of(outcome.MalformedLines, "question line", "question lines")} could not be read, "
            + $"{Amount.Of(outcome.RecordProblems, "question", "questions")} had no record and "
            + $"{Amount.Of(outcome.AuditMismatches, "piece", "pieces")} of evidence did not hold");
    }

    /// <summary>Found out before the questions are put, in words of the command line.</summary>
    private void DemandUsableFiles(ParseResult parsed)
    {
        _qa.DemandUsable(parsed);
        foreach (var (option, file) in new[] { ("--out", parsed.GetRequiredValue(_out)), ("--report", parsed.GetValue(_report)), ("--run", parsed.GetValue(_run)) })
        {
            if (Directory.Exists(file))
                throw new CommandRefusedException($"{option}: {file} is a folder, not a file");
            if (file is not null && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file))))
                throw new CommandRefusedException($"{option}: the folder of {file} does not exist");
        }
    }

    private async Task<EvaluationRun?> RunOfAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_run) is not { } path)
            return null;

        return new EvaluationRun(path, new SuiteRequest(await SubjectOptions.OfAsync(services, cancellationToken).ConfigureAwait(false), _qa.ConditionsOf(parsed), null, parsed.GetValue(_audit), InjectedFault.None));
    }

    private async Task<EvaluationOutcome> EvaluateAsync(
        QuestionAnsweringEvaluation evaluation, ParseResult parsed, IServiceProvider services, CancellationToken cancellationToken)
    {
        var predictions = parsed.GetRequiredValue(_out);
        var options = new EvaluationOptions(
            _qa.QuestionsOf(parsed),
            predictions,
            parsed.GetValue(_report) ?? predictions + ".html",
            parsed.GetValue(_concurrency),
            parsed.GetValue(_audit),
            _qa.AlternativesOf(parsed))
        {
            Run = await RunOfAsync(parsed, services, cancellationToken).ConfigureAwait(false),
        };
        try
        {
            var outcome = await evaluation.RunAsync(options, parsed.InvocationConfiguration.Output, cancellationToken).ConfigureAwait(false);
            if (options.Run is { } run)
                await MeasuredModels.DemandUnchangedAsync(run.Request.Subject, services, cancellationToken).ConfigureAwait(false);
            return outcome;
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            throw new CommandRefusedException(unusable.Message);
        }
    }
}
