using System.CommandLine;
using MedGemma.Agents.Evaluation.Acceptance;
using MedGemma.Agents.Evaluation.Suites;
using MedGemma.Agents.Evaluation.Suites.Faults;
using MedGemma.Agents.Evaluation.Suites.RunFiles;
using MedGemma.Agents.Evaluation.Suites.Running;

namespace MedGemma.Agents.Host.Commands.Suites;

/// <summary>
/// <c>medgemma accept</c>: runs a suite as it is configured now, also under faults, and ends with exit code 1 unless it may take the place of a baseline.
/// </summary>
internal sealed class AcceptCommand
{
    private readonly SuiteFiles _files = new();
    private readonly Option<string> _baseline = new("--baseline") { Description = "The run of what is in use.", HelpName = "RUN.jsonl", Required = true };
    private readonly SuitePreparer _preparer;

    private readonly Option<double> _margin = new("--margin")
    {
        Description = "Most that the score may be lower, 0 to 1, at the lower end of the paired 95 % interval.",
        HelpName = "SHARE",
        DefaultValueFactory = _ => AcceptanceLimits.DefaultMargin,
    };

    private AcceptCommand(SuitePreparer preparer)
    {
        _preparer = preparer;
        _margin.Validators.Add(result =>
        {
            // What is no number at all is reported by the parser.
            if (result.Tokens is [var token] && double.TryParse(token.Value, out var share) && share is not (>= 0 and <= 1))
                result.AddError("--margin must be from 0 to 1");
        });
    }

    /// <summary>Creates the verb, one subcommand a suite; <c>--suite NAME</c> is taken for the subcommand.</summary>
    /// <param name="services">Makes the services of one run from settings by configuration key.</param>
    /// <param name="error">Where problems of the files are listed.</param>
    public static Command Create(Func<IReadOnlyDictionary<string, string?>, ServiceProvider> services, TextWriter error)
    {
        var accept = new Command("accept", "Judges whether what is configured now may take the place of a baseline run: medgemma accept --suite NAME --baseline RUN --out RUN.");
        foreach (var (name, description, preparer) in SuiteCatalogue.All(services))
            accept.Add(new AcceptCommand(preparer).Of(name, description));

        accept.Add(new AcceptCommand(new QaPreparer(services, error)).Of(SuiteNames.QuestionFile, "A file of questions about given data, such as FHIRPath-QA or a hospital's own."));
        return accept;
    }

    /// <summary>The arguments with <c>--suite NAME</c>, wherever it stands, put as the subcommand that it names.</summary>
    public static string[] SuiteFirst(string[] args)
    {
        var option = Array.IndexOf(args, "--suite");
        return args is ["accept", ..] && option > 0 && option + 1 < args.Length
            ? ["accept", args[option + 1], .. args[1..option], .. args[(option + 2)..]]
            : args;
    }

    private Command Of(string name, string description)
    {
        var command = new Command(name, description) { _baseline, _margin };
        _files.AddTo(command);
        _preparer.AddTo(command);
        command.SetAction((parsed, cancellationToken) => SuiteRun.GuardAsync(() => RunAsync(parsed, cancellationToken)));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        _files.DemandUsable(parsed);
        var baseline = await CompareCommand.ReadAsync(parsed.GetRequiredValue(_baseline), cancellationToken).ConfigureAwait(false);
        var output = parsed.InvocationConfiguration.Output;
        var candidate = await PutAsync(parsed, InjectedFault.None, _files.RunOf(parsed), baseline, cancellationToken).ConfigureAwait(false);
        var faulty = new List<Run>();
        foreach (var fault in InjectedFault.All.Where(fault => fault.Touches(candidate)))
            faulty.Add(await PutAsync(parsed, fault, $"{_files.RunOf(parsed)}.{fault.Name}", null, cancellationToken).ConfigureAwait(false));

        var checks = AcceptanceGate.Judge(baseline, candidate, faulty, new AcceptanceLimits(parsed.GetValue(_margin)));
        return AcceptanceTextReport.Write(output, checks) ? ExitCode.Done : throw new CommandRefusedException("not accepted");
    }

    /// <summary>Runs the suite; the run that is judged against a baseline is reported, those with a fault are not.</summary>
    private async Task<Run> PutAsync(ParseResult parsed, InjectedFault fault, string path, Run? baseline, CancellationToken cancellationToken)
    {
        var session = await _preparer.PrepareAsync(parsed, fault, cancellationToken).ConfigureAwait(false);
        await using var _ = session.ConfigureAwait(false);
        if (baseline is not null)
            RunFitness.Demand(baseline, session.Prepared.Manifest);

        var run = await SuiteRunner
            .RunAsync(session.Prepared.Suite, session.Prepared.Manifest, path, _files.ConcurrencyOf(parsed), cancellationToken)
            .ConfigureAwait(false);
        await session.DemandSameModelsAsync(cancellationToken).ConfigureAwait(false);
        if (baseline is not null)
            await _files.ReportAsync(parsed, run, session.Time, cancellationToken).ConfigureAwait(false);

        return run;
    }
}
