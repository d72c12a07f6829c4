using System.CommandLine;
using Hl7.Fhir.Model;
using MedGemma.Agents.Evaluation.QuestionAnswering;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Host.Commands;

/// <summary><c>medgemma eval</c>: runs a benchmark on a data set and reports.</summary>
internal sealed class EvalCommand
{
    private const int Failed = 1;

    private readonly Func<EvalServicesRequest, IServiceProvider> _services;

    private readonly Option<string[]> _data = new("--data")
    {
        Description = "Files and folders of FHIR R4 bundles or NDJSON, also gzip.",
        HelpName = "PATH",
        Required = true,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

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
        Description = "Where the HTML report goes. It holds patient ids, questions and answers.",
        HelpName = "FILE.html",
    };

    private readonly Option<string[]> _complete = new("--complete")
    {
        Description = "Resource types whose every resource is in the data, so that absence is proved; 'all' for whole charts.",
        HelpName = "TYPE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _planner = new("--planner") { Description = "Planner to evaluate; the configured one by default.", HelpName = "NAME" };

    private readonly Option<int> _concurrency = new("--concurrency")
    {
        Description = "Most questions answered at once.",
        HelpName = "N",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    private readonly Option<bool> _audit = new("--audit")
    {
        Description = "Evaluate the evidence of every answer again on the raw resources and fail when any does not hold.",
    };

    private readonly Option<string[]> _alternatives = new("--alternatives")
    {
        Description = $"Templates whose gold lists several identifiers of one thing, any of which is right; without a name none. [default: {string.Join(' ', EvaluationOptions.DefaultAlternativeTemplates)}]",
        HelpName = "TEMPLATE",
        Arity = ArgumentArity.ZeroOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    private EvalCommand(Func<EvalServicesRequest, IServiceProvider> services, IReadOnlyCollection<string> planners)
    {
        _services = services;
        _planner.AcceptOnlyFromAmong([.. planners]);
        _concurrency.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1024)
                result.AddError("--concurrency must be from 1 to 1024.");
        });
        _complete.Validators.Add(result =>
        {
            foreach (var type in result.Tokens.Select(token => token.Value).Where(type => type != EvalServicesRequest.AllTypes && !ModelInfo.IsKnownResource(type)))
                result.AddError($"--complete: '{type}' is no FHIR R4 resource type.");
        });
    }

    /// <summary>Makes the command.</summary>
    /// <param name="services">
    /// Makes the services of one run: <see cref="IRecordSource"/>, <see cref="IRecordBuilder"/>, <see cref="IQuestionAnswerer"/> and
    /// <see cref="TimeProvider"/>. What it returns is disposed after the run.
    /// </param>
    /// <param name="planners">Names that <c>--planner</c> accepts.</param>
    public static Command Create(Func<EvalServicesRequest, IServiceProvider> services, IReadOnlyCollection<string> planners)
    {
        var run = new EvalCommand(services, planners);
        var questionAnswering = new Command("qa", "Answers a file of questions from FHIR data, writes the predictions and scores them.")
        {
            run._data, run._questions, run._out, run._report, run._complete, run._planner, run._concurrency, run._audit, run._alternatives,
        };
        questionAnswering.SetAction(run.RunAsync);
        return new Command("eval", "Runs a benchmark.") { questionAnswering };
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var error = parsed.InvocationConfiguration.Error;
        var data = parsed.GetRequiredValue(_data);
        if (data.FirstOrDefault(path => !Path.Exists(path)) is { } missing)
        {
            await error.WriteLineAsync($"--data: '{missing}' does not exist.");
            return Failed;
        }

        try
        {
            var outcome = await EvaluateAsync(parsed, data, cancellationToken);
            if (outcome.IsClean)
                return 0;

            await error.WriteLineAsync(
                $"Done, but {outcome.MalformedLines} question lines could not be read, {outcome.RecordProblems} questions had no record, {outcome.AuditMismatches} pieces of evidence did not hold.");
            return Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await error.WriteLineAsync("Cancelled; no file was written.");
            return Failed;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            await error.WriteLineAsync(problem.Message);
            return Failed;
        }
    }

    private async Task<EvaluationOutcome> EvaluateAsync(ParseResult parsed, string[] data, CancellationToken cancellationToken)
    {
        var services = _services(new EvalServicesRequest(data, parsed.GetValue(_complete) ?? [], parsed.GetValue(_planner)));
        try
        {
            var evaluation = new QuestionAnsweringEvaluation(
                services.GetRequiredService<IRecordSource>(),
                services.GetRequiredService<IRecordBuilder>(),
                services.GetRequiredService<IQuestionAnswerer>(),
                services.GetRequiredService<TimeProvider>());
            var options = new EvaluationOptions(
                parsed.GetRequiredValue(_questions),
                parsed.GetRequiredValue(_out),
                parsed.GetValue(_report),
                parsed.GetValue(_concurrency),
                parsed.GetValue(_audit),
                parsed.GetResult(_alternatives) is null ? null : parsed.GetValue(_alternatives) ?? []);
            return await evaluation.RunAsync(options, parsed.InvocationConfiguration.Output, cancellationToken);
        }
        finally
        {
            if (services is IAsyncDisposable asynchronous)
                await asynchronous.DisposeAsync();
            else
                (services as IDisposable)?.Dispose();
        }
    }
}
