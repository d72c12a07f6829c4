using System.CommandLine;
using System.Globalization;
using MedGemma.Agents.Host.Composition;
using MedGemma.Agents.Records.Importing;
using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Host.Commands;

/// <summary><c>medgemma import</c>: brings FHIR R4 files into the store.</summary>
internal sealed class ImportCommand
{
    private readonly Argument<string[]> _paths = new("path")
    {
        Description = "Files or folders: FHIR R4 Bundles, NDJSON or single resources, also gzip.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string[]> _complete = new("--complete")
    {
        Description = "Resource types that the files hold in full for each of their patients, or 'all'; only these can prove that something is not recorded.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _dataFolder = DataFolderOption.Create();
    private readonly TextWriter _error;

    private ImportCommand(TextWriter error) => _error = error;

    /// <summary>Creates the verb.</summary>
    /// <param name="error">Where each refused line, entry or file is reported.</param>
    public static Command Create(TextWriter error)
    {
        var import = new ImportCommand(error);
        var command = new Command("import", "Imports FHIR R4 files into the store; the same import again changes nothing.") { import._paths, import._complete, import._dataFolder };
        command.SetAction((parsed, cancellationToken) => StoreServices.RunAsync(parsed.GetValue(import._dataFolder), services => import.RunAsync(parsed, services, cancellationToken)));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (!CompleteTypes.TryParse(parsed.GetValue(_complete) ?? [], out var complete, out var unknown))
            throw new CommandRefusedException($"--complete: '{unknown}' is not a FHIR R4 resource type, nor 'all'", ExitCode.WrongUsage);

        var output = parsed.InvocationConfiguration.Output;
        var display = ImportDisplay.For(output, _error);
        var importer = services.GetRequiredService<Importer>();
        var summary = await display.RunAsync(
            (progress, problem) => importer.ImportAsync(parsed.GetRequiredValue(_paths), complete, progress, problem, cancellationToken)).ConfigureAwait(false);

        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{summary.Read:N0} resources read: {summary.Added:N0} added, {summary.Updated:N0} updated, {summary.Unchanged:N0} unchanged; {summary.Refused:N0} refused; {summary.Elapsed.TotalSeconds:F1} s, {summary.Rate:N0} a second")).ConfigureAwait(false);
        if (summary.PatientsWithoutResource > 0)
            await output.WriteLineAsync($"{Amount.Of(summary.PatientsWithoutResource, "patient has", "patients have")} resources but no Patient resource, and cannot be asked about until it is imported").ConfigureAwait(false);
        if (summary.Refused == 0)
            return ExitCode.Done;

        await _error.WriteLineAsync($"medgemma: {Amount.Of(summary.Refused, "line, entry or file", "lines, entries or files")} {Amount.Was(summary.Refused)} refused; the rest was imported").ConfigureAwait(false);
        return ExitCode.RefusedOrFailed;
    }
}
