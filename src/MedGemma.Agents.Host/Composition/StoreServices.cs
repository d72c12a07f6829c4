using System.Data.Common;
using MedGemma.Agents.Host.Maintenance;
using MedGemma.Agents.Records.Store;
using MedGemma.Agents.Sessions.Storage;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Host.Composition;

/// <summary>The services of a command that works on the embedded store and starts no silo.</summary>
internal static class StoreServices
{
    /// <summary>Runs a command's work with the store's services; what the store refuses ends the command with one line.</summary>
    /// <param name="dataFolder">The data folder that the command line names, or null for the configured one.</param>
    /// <param name="work">The work.</param>
    public static async Task<int> RunAsync(string? dataFolder, Func<IServiceProvider, Task<int>> work)
    {
        var arguments = new Dictionary<string, string?>();
        if (dataFolder is not null)
            arguments[$"{StoreOptions.Section}:{nameof(StoreOptions.DataFolder)}"] = dataFolder;

        var services = new ServiceCollection();
        var configuration = CommandServices.ReadConfiguration(arguments);
        services.AddOptions<StoreOptions>().Bind(configuration.GetSection(StoreOptions.Section));
        services.AddRecordStore();
        services.AddSingleton(provider => SessionStorage.Of(configuration, provider.GetRequiredService<IOptions<StoreOptions>>().Value.DataFolder));
        services.AddSingleton<PatientEraser>();
        services.AddSingleton<DataFolderBackup>();
        services.AddSingleton<DataFolderRestore>();
        await using var provider = services.BuildServiceProvider();
        try
        {
            return await work(provider).ConfigureAwait(false);
        }
        catch (NewerSchemaException refused)
        {
            throw new Commands.CommandRefusedException(refused.Message);
        }
        catch (DbException failed)
        {
            throw new Commands.CommandRefusedException($"the database failed: {failed.Message.ReplaceLineEndings(" ")}");
        }
    }
}
