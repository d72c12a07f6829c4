using MedGemma.Agents.Host.Serving;
using MedGemma.Agents.Records.Store;
using MedGemma.Agents.Sessions;
using MedGemma.Agents.Sessions.Storage;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Host.Composition;

/// <summary>The services of a command that reads the session database and starts no silo.</summary>
internal static class SessionServices
{
    /// <summary>Runs a command's work with the turn store and the audit log; what the database refuses ends the command with one line.</summary>
    /// <param name="dataFolder">The data folder that the command line names, or null for the configured one.</param>
    /// <param name="work">The work.</param>
    public static async Task<int> RunAsync(string? dataFolder, Func<IServiceProvider, Task<int>> work)
    {
        var arguments = new Dictionary<string, string?>();
        if (dataFolder is not null)
            arguments[$"{StoreOptions.Section}:{nameof(StoreOptions.DataFolder)}"] = dataFolder;

        var configuration = CommandServices.ReadConfiguration(arguments);
        if (string.IsNullOrEmpty(configuration[SessionDatabaseDefaults.ConnectionStringKey]))
        {
            var folder = (configuration.GetSection(StoreOptions.Section).Get<StoreOptions>() ?? new StoreOptions()).DataFolder;
            foreach (var (key, value) in SessionDatabaseDefaults.For(configuration, folder))
            {
                // SQLite would make a new, empty database of a mistyped folder, and call it verified.
                if (!File.Exists(Path.Combine(folder, SessionDatabaseDefaults.FileName)))
                    throw new Commands.CommandRefusedException($"there is no {SessionDatabaseDefaults.FileName} in the data folder");

                arguments[key] = value;
            }

            configuration = CommandServices.ReadConfiguration(arguments);
        }

        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddTurnStore();
        await using var provider = services.BuildServiceProvider();
        try
        {
            await provider.GetRequiredService<ITurnStore>().DemandKnownSchemaAsync(CancellationToken.None).ConfigureAwait(false);
            return await work(provider).ConfigureAwait(false);
        }
        catch (NewerSchemaException newer)
        {
            throw new Commands.CommandRefusedException(newer.Message);
        }
        catch (System.Data.Common.DbException failed)
        {
            throw new Commands.CommandRefusedException($"the session database failed: {failed.Message} (medgemma serve brings an older one forward)");
        }
        catch (OptionsValidationException wrong)
        {
            throw new Commands.CommandRefusedException(wrong.Failures.First());
        }
    }
}
