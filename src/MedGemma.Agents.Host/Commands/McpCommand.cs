using System.CommandLine;
using MedGemma.Agents.Host.Mcp;
using MedGemma.Agents.Planning.Tools;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Sessions.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Server;

namespace MedGemma.Agents.Host.Commands;

/// <summary><c>medgemma mcp</c>: the tools over one named patient's record, for an MCP client that starts this program and speaks to it over stdin and stdout.</summary>
internal static class McpCommand
{
    /// <summary>Creates the verb.</summary>
    /// <param name="services">Makes the services of one run from settings by configuration key.</param>
    /// <param name="error">Where problems of the files are listed; nothing but the protocol may be on stdout.</param>
    public static Command Create(Func<IReadOnlyDictionary<string, string?>, ServiceProvider> services, TextWriter error)
    {
        var patient = new Option<string>("--patient") { Description = "Logical id of the patient, or an identifier that only one patient has.", Required = true };
        var source = new SourceOptions();
        var command = new Command("mcp", "Serves the record of one patient as MCP tools on stdin and stdout.") { patient };
        source.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var provider = services(new Dictionary<string, string?>());
            var records = await source.OpenAsync(parsed, provider, error, cancellationToken).ConfigureAwait(false);
            var id = await new AuditedAccess(source, parsed, provider, AuditAction.ServeToolsByCommand)
                .FindPatientAsync(records, parsed.GetRequiredValue(patient), cancellationToken).ConfigureAwait(false);
            using var current = new CurrentRecord(records, id, provider.GetRequiredService<IRecordBuilder>());
            if (await current.GetAsync(cancellationToken).ConfigureAwait(false) is null)
                throw new CommandRefusedException("no such patient in what was read");

            var (clock, zone, ordering) = (provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<TimeZoneInfo>(), provider.GetRequiredService<ResourceOrdering>());
            var options = new McpServerOptions();
            RecordToolServer.Configure(
                options,
                provider.GetRequiredService<IReadOnlyList<IRecordTool>>(),
                current.GetAsync,
                new FoundResults(1),
                () => new QueryContext(clock.GetUtcNow(), zone) { Ordering = ordering });
            await using var transport = new StdioServerTransport(RecordToolServer.Name, NullLoggerFactory.Instance);
            await using var server = McpServer.Create(transport, options, NullLoggerFactory.Instance, provider);
            await server.RunAsync(cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }
}
