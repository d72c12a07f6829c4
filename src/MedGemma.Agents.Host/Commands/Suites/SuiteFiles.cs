using System.CommandLine;
using MedGemma.Agents.Evaluation.Suites.Reporting;
using MedGemma.Agents.Evaluation.Suites.RunFiles;

namespace MedGemma.Agents.Host.Commands.Suites;

/// <summary>The options that say where a suite's run and report go, and how many items are put at once.</summary>
internal sealed class SuiteFiles
{
    private readonly Option<string> _out = new("--out")
    {
        Description = "Where the run goes, one JSON object a line: what was run, then each item. It holds patient ids, questions and answers. A journal beside it lets a killed run go on where it stopped.",
        HelpName = "RUN.jsonl",
        Required = true,
    };

    private readonly Option<string?> _report = new("--report")
    {
        Description = "Where the HTML report goes. [default: beside the run]",
        HelpName = "FILE.html",
    };

    private readonly Option<int> _concurrency = new("--concurrency")
    {
        Description = "Most items put at once, 1 to 1024.",
        HelpName = "N",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    public SuiteFiles() => IntegerRange.Demand(_concurrency, 1, 1024);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_out);
        command.Add(_report);
        command.Add(_concurrency);
    }

    /// <summary>Where the run goes.</summary>
    public string RunOf(ParseResult parsed) => parsed.GetRequiredValue(_out);

    /// <summary>Most items put at once.</summary>
    public int ConcurrencyOf(ParseResult parsed) => parsed.GetValue(_concurrency);

    /// <summary>Found out before anything is put, in words of the command line.</summary>
    public void DemandUsable(ParseResult parsed)
    {
        foreach (var (option, file) in new[] { (_out.Name, RunOf(parsed)), (_report.Name, parsed.GetValue(_report)) })
        {
            if (Directory.Exists(file))
                throw new CommandRefusedException($"{option}: {file} is a folder, not a file");
            if (file is not null && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file))))
                throw new CommandRefusedException($"{option}: the folder of {file} does not exist");
        }
    }

    /// <summary>Writes both reports of a run.</summary>
    public async Task ReportAsync(ParseResult parsed, Run run, TimeProvider time, CancellationToken cancellationToken)
    {
        var summary = RunSummary.Of(run);
        SuiteTextReport.Write(parsed.InvocationConfiguration.Output, summary);
        var html = parsed.GetValue(_report) ?? RunOf(parsed) + ".html";
        await SuiteHtmlReport.WriteAsync(html, summary, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
    }
}
