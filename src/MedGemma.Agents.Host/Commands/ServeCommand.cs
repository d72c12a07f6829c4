using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using MedGemma.Agents.Host.Composition;
using MedGemma.Agents.Host.Serving;
using MedGemma.Agents.Host.Serving.Endpoints;
using MedGemma.Agents.Records.Store;
using MedGemma.Agents.Sessions.Records;
using MedGemma.Agents.Sessions.Storage;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Host.Commands;

/// <summary><c>medgemma serve</c>: the HTTP API, with one silo in this process.</summary>
internal static class ServeCommand
{
    /// <summary>Creates the verb.</summary>
    /// <param name="error">Where problems of the files are listed.</param>
    public static Command Create(TextWriter error)
    {
        var url = new Option<string?>("--url") { Description = "Address to listen on. Default: http://127.0.0.1:5080." };
        var source = new SourceOptions();
        var command = new Command("serve", "Serves the HTTP API.") { url };
        source.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var arguments = new Dictionary<string, string?>();
            if (parsed.GetValue(url) is { } address)
                arguments[ServingOptions.Section + ":" + nameof(ServingOptions.Url)] = address;

            await using var services = CommandServices.Build(arguments);
            var configuration = services.GetRequiredService<IConfiguration>();
            var environment = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? Environments.Production;
            var store = source.StoreOf(parsed, services);
            try
            {
                using var held = DataFolderLock.TryTakeForServing(store.DataFolder)
                    ?? throw new CommandRefusedException("another medgemma serves this data folder");
                var records = source.NamesFiles(parsed)
                    ? new NamedRecordSource("files", await source.OpenAsync(parsed, services, error, cancellationToken).ConfigureAwait(false))
                    : await ServedRecords.OpenAsync(
                        store,
                        environment == Environments.Development,
                        services.GetRequiredService<TimeProvider>(),
                        cancellationToken).ConfigureAwait(false);
                var settings = new ServeSettings(configuration, environment, records, store.DataFolder);
                return await ServeAsync(settings, parsed.InvocationConfiguration.Output, cancellationToken).ConfigureAwait(false);
            }
            catch (StoreException refused)
            {
                throw new CommandRefusedException(refused.Message);
            }
        });
        return command;
    }

    /// <summary>A port that is taken is found before a silo starts, which would have to be taken down again.</summary>
    private static void DemandFree(ServeSettings settings)
    {
        var url = settings.Configuration.GetSection(ServingOptions.Section).Get<ServingOptions>()?.Url ?? new ServingOptions().Url;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !IPAddress.TryParse(address.IdnHost, out var host) || address.Port == 0)
            return;

        try
        {
            using var listener = new TcpListener(host, address.Port);
            listener.Start();
        }
        catch (SocketException taken)
        {
            throw new CommandRefusedException($"{url} cannot be listened on: {taken.Message}");
        }
    }

    private static async Task<int> ServeAsync(ServeSettings settings, TextWriter output, CancellationToken cancellationToken)
    {
        DemandFree(settings);
        var app = ServeHost.Build(settings);
        await using var _ = app.ConfigureAwait(false);
        try
        {
            // What is configured wrongly is found before the host starts, which would log it at length.
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception refused) when (refused is NewerSchemaException or SessionDatabaseHeldException or IOException)
        {
            throw new CommandRefusedException(refused.Message);
        }
        catch (System.Data.Common.DbException failed)
        {
            throw new CommandRefusedException($"the session database cannot be used: {failed.Message.ReplaceLineEndings(" ")}");
        }

        var address = app.Urls.First();
        var greeting = $"medgemma serves {address}\n";
        if (app.Environment.IsDevelopment())
        {
            var patients = await settings.Source.Source.FindPatientsAsync("", 1, cancellationToken).ConfigureAwait(false);
            greeting = HomePage.Describe(address, patients.Count == 0 ? null : patients[0].Id);
        }

        await output.WriteAsync(greeting).ConfigureAwait(false);
        await app.WaitForShutdownAsync(cancellationToken).ConfigureAwait(false);
        return ExitCode.Done;
    }
}
