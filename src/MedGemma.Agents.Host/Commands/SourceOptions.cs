using System.CommandLine;
using MedGemma.Agents.Records.Reading;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Records.Store;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Host.Commands;

/// <summary>The options that say where records come from: <c>--data</c> with <c>--complete</c>, otherwise the store.</summary>
internal sealed class SourceOptions
{
    /// <summary>The rest is counted: a folder may hold many patients, of whom only one is asked about.</summary>
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
        return options;
    }

    /// <summary>Opens the source.</summary>
    public async Task<IRecordSource> OpenAsync(ParseResult parsed, IServiceProvider services, TextWriter error, CancellationToken cancellationToken)
    {
        if (!CompleteTypes.TryParse(parsed.GetValue(_complete) ?? [], out var complete, out var unknown))
            throw new CommandRefusedException($"--complete: '{unknown}' is not a FHIR R4 resource type, nor 'all'", ExitCode.WrongUsage);

        if (parsed.GetValue(_data) is not { Length: > 0 } paths)
            return new RecordStore(Options.Create(StoreOf(parsed, services)), services.GetRequiredService<TimeProvider>());

        if (Array.Find(paths, path => !Path.Exists(path)) is { } missing)
            throw new CommandRefusedException($"--data: {missing} does not exist");

        try
        {
            var files = await FileRecordSource
                .OpenAsync(paths, complete, new ResourceReaderOptions(), services.GetRequiredService<TimeProvider>(), cancellationToken)
                .ConfigureAwait(false);
            foreach (var problem in files.Problems.Take(MostProblems))
                await error.WriteLineAsync($"medgemma: {problem}").ConfigureAwait(false);
            if (files.Problems.Count > MostProblems)
                await error.WriteLineAsync($"medgemma: {files.Problems.Count - MostProblems} more lines, entries or files could not be read").ConfigureAwait(false);
            return files;
        }
        catch (IOException unreadable)
        {
            throw new CommandRefusedException(unreadable.Message);
        }
    }
}
