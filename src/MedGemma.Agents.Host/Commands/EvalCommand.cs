using System.CommandLine;
using MedGemma.Agents.Evaluation.QuestionAnswering;
using MedGemma.Agents.Host.Commands.Suites;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Queries.Derivations;
using MedGemma.Agents.Records.Units;

namespace MedGemma.Agents.Host.Commands;

/// <summary><c>medgemma eval</c>: runs a benchmark on a data set and reports.</summary>
internal sealed class EvalCommand
{
    private readonly Func<IReadOnlyDictionary<string, string?>, ServiceProvider> _services;
    private readonly TextWriter _error;
    private readonly SourceOptions _source = new();

    private readonly Option<string> _questions = new("--questions")
    {
        Description = "Questions, one JSON object a line.",
        HelpName = "FILE.jsonl",
        Required = true,
    };

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

    private readonly Option<string?> _planner = new("--planner") { Description = "Planner to evaluate.", HelpName = "NAME" };

    private readonly Option<string> _conventions = new("--conventions")
    {
        Description = "Readings of the data set where English leaves them open.",
        DefaultValueFactory = _ => "fhirpath-qa",
    };

    private readonly Option<string> _zone = new("--zone")
    {
        Description = "IANA name of the zone in which days, months and years are whole.",
        HelpName = "ZONE",
        DefaultValueFactory = _ => "UTC",
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

    private readonly Option<string[]> _alternatives = new("--alternatives")
    {
        Description = "Templates whose gold lists several identifiers of one thing, any of which is right; without a name none. "
            + $"[default: {string.Join(' ', EvaluationOptions.DefaultAlternativeTemplates)}]",
        HelpName = "TEMPLATE",
        Arity = ArgumentArity.ZeroOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    private EvalCommand(Func<IReadOnlyDictionary<string, string?>, ServiceProvider> services, TextWriter error)
    {
        _services = services;
        _error = error;
        WordChoice.Demand(_planner, ["builtin"]);
        WordChoice.Demand(_conventions, ["clinical", "fhirpath-qa"]);
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
            run._questions, run._out, run._report, run._planner, run._conventions, run._zone, run._concurrency, run._audit, run._alternatives,
        };
        run._source.AddTo(questionAnswering);
        questionAnswering.SetAction(run.RunAsync);
        var command = new Command("eval", "Runs a suite, or compares two runs.") { questionAnswering, CompareCommand.Create() };
        foreach (var (name, description, preparer) in SuiteCatalogue.All(services))
            command.Add(SuiteCommand.Create(name, description, preparer));

        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var services = _services(new Dictionary<string, string?>
        {
            ["MedGemma:Conventions"] = parsed.GetRequiredValue(_conventions),
            ["MedGemma:Zone"] = parsed.GetRequiredValue(_zone),
        });
        var source = await _source.OpenAsync(parsed, services, _error, cancellationToken).ConfigureAwait(false);
        var evaluation = new QuestionAnsweringEvaluation(
            source,
            services.GetRequiredService<IRecordBuilder>(),
            services.GetRequiredService<IQuestionAnswerer>(),
            new DerivationRecomputer(services.GetRequiredService<IUnitConverter>()),
            services.GetRequiredService<TimeProvider>());
        DemandUsableFiles(parsed);
        var outcome = await EvaluateAsync(evaluation, parsed, cancellationToken).ConfigureAwait(false);
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
        var questions = parsed.GetRequiredValue(_questions);
        if (Directory.Exists(questions))
            throw new CommandRefusedException($"--questions: {questions} is a folder, not a file");
        if (!File.Exists(questions))
            throw new CommandRefusedException($"--questions: {questions} does not exist");

        foreach (var (option, file) in new[] { ("--out", parsed.GetRequiredValue(_out)), ("--report", parsed.GetValue(_report)) })
        {
            if (Directory.Exists(file))
                throw new CommandRefusedException($"{option}: {file} is a folder, not a file");
            if (file is not null && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file))))
                throw new CommandRefusedException($"{option}: the folder of {file} does not exist");
        }
    }

    private async Task<EvaluationOutcome> EvaluateAsync(
        QuestionAnsweringEvaluation evaluation, ParseResult parsed, CancellationToken cancellationToken)
    {
        var predictions = parsed.GetRequiredValue(_out);
        var options = new EvaluationOptions(
            parsed.GetRequiredValue(_questions),
            predictions,
            parsed.GetValue(_report) ?? predictions + ".html",
            parsed.GetValue(_concurrency),
            parsed.GetValue(_audit),
            parsed.GetResult(_alternatives) is null ? null : parsed.GetValue(_alternatives) ?? []);
        try
        {
            return await evaluation.RunAsync(options, parsed.InvocationConfiguration.Output, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            throw new CommandRefusedException(unusable.Message);
        }
    }
}
