using System.CommandLine;
using System.ComponentModel.DataAnnotations;
using MedGemma.Agents.Records.Reading;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Records.Store;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Host.Commands;

/// <summary>The options that say where records come from: <c>--data</c> with <c>--complete</c>, otherwise the store.</summary>
internal sealed class SourceOptions
{
    private const int MostProblems = 10;

    private readonly Option<string[]> _data = new("--data")
    {
        Description = "Files or folders to answer from: FHIR R4 Bundles or NDJSON, also gzip. Without it the store is asked.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> _complete = new("--complete")
    {
        Description = "Resource types that the files hold in full, or 'all'; only these can prove that something is not recorded.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _dataFolder = DataFolderOption.Create();

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_dataFolder);
        command.Add(_data);
        command.Add(_complete);
    }

    /// <summary>Whether <c>--data</c> was given.</summary>
    public bool NamesFiles(ParseResult parsed) => parsed.GetValue(_data) is { Length: > 0 };

    /// <summary>Where the store is: as the command line says, else as the configuration does.</summary>
    public StoreOptions StoreOf(ParseResult parsed, IServiceProvider services)
    {
        var options = services.GetRequiredService<IConfiguration>().GetSection(StoreOptions.Section).Get<StoreOptions>() ?? new StoreOptions();
        options.DataFolder = parsed.GetValue(_dataFolder) ?? options.DataFolder;
        var wrong = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new ValidationContext(options), wrong, validateAllProperties: true)
            ? options
            : throw new CommandRefusedException(wrong[0].ErrorMessage ?? StoreOptions.Section);
    }

    /// <summary>Opens the source.</summary>
    public async Task<IRecordSource> OpenAsync(ParseResult parsed, IServiceProvider services, TextWriter error, CancellationToken cancellationToken)
    {
        if (!CompleteTypes.TryParse(parsed.GetValue(_complete) ?? [], out var complete, out var unknown))
            throw new CommandRefusedException($"--complete: '{unknown}' is not a FHIR R4 resource type, nor 'all'", ExitCode.WrongUsage);

        if (parsed.GetValue(_data) is not { Length: > 0 } paths)
        {
            var options = StoreOf(parsed, services);
            var store = new RecordStore(Options.Create(options), services.GetRequiredService<TimeProvider>());

            // SQLite would make a new, empty one of a mistyped folder, in which nobody is known.
            return store.Exists ? store : throw new CommandRefusedException($"there is no record store in {Path.GetFullPath(options.DataFolder)}; 'medgemma import' makes one, --data names files");
        }

        if (Array.Find(paths, path => !Path.Exists(path)) is { } missing)
            throw new CommandRefusedException($"--data: {missing} does not exist");

        try
        {
            var files = await FileRecordSource
                .OpenAsync(paths, complete, new ResourceReaderOptions(), services.GetRequiredService<TimeProvider>(), cancellationToken)
                .ConfigureAwait(false);
            await ReportAsync(files.Problems, paths, error).ConfigureAwait(false);
            return files;
        }
        catch (IOException unreadable)
        {
            throw new CommandRefusedException(unreadable.Message);
        }
    }

    /// <summary>
    /// Lists the problems of files that were named. Those of files that were found in folders are counted only: they may be of other patients than the one
    /// who is asked about, and names of files often are names of patients.
    /// </summary>
    private static async Task ReportAsync(IReadOnlyList<ReadProblem> problems, string[] named, TextWriter error)
    {
        var listed = problems.Where(problem => named.Contains(problem.Position.File, StringComparer.Ordinal)).Take(MostProblems).ToArray();
        foreach (var problem in listed)
            await error.WriteLineAsync($"medgemma: {problem}").ConfigureAwait(false);

        var others = problems.Count - listed.Length;
        if (others > 0)
            await error.WriteLineAsync($"medgemma: {Amount.Of(others, "line, entry or file", "lines, entries or files")} of --data could not be read or taken; 'medgemma import' lists them").ConfigureAwait(false);
    }
}
