using System.Globalization;
using MedGemma.Agents.EngineFaults;
using MedGemma.Agents.Inference.Chat;
using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Deployment;
using MedGemma.Agents.Inference.Supervision;
using MedGemma.Agents.Inference.Telemetry;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace MedGemma.Agents.Host.Tests.Inference;

/// <summary>Models that run in processes of the real program, one thread each.</summary>
internal sealed class LocalModels : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly DirectoryInfo _hashes = Directory.CreateTempSubdirectory("medgemma-hashes-");

    public LocalModels(string file, int slots = 4, string[]? replicas = null, Dictionary<string, string>? settings = null, InferenceLaunch? program = null)
    {
        var values = new Dictionary<string, string?>
        {
            ["Path"] = file,
            ["Slots"] = slots.ToString(CultureInfo.InvariantCulture),
            ["ContextLength"] = "1024",
            ["Threads"] = "1",
            ["Pool:CheckInterval"] = "00:00:00.200",
            ["Supervision:FirstPause"] = "00:00:00.010",
            ["Supervision:MostCrashes"] = "1000",
        };
        foreach (var (i, replica) in (replicas ?? ["cpu"]).Index())
            values["Replicas:" + i.ToString(CultureInfo.InvariantCulture)] = replica;
        foreach (var (name, value) in settings ?? [])
            values[name] = value;

        _services = new ServiceCollection().AddLogging(logs => logs.AddProvider(new FakeLoggerProvider(Log))).AddMetrics().AddSingleton<PoolMetrics>().BuildServiceProvider();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(value => "MedGemma:Models:planner:" + value.Key, value => value.Value)).Build();
        Pools = new ModelPools(ConfiguredModels.Read(configuration), (program ?? Program) with { HashFolder = _hashes.FullName }, _services.GetRequiredService<PoolMetrics>(), TimeProvider.System, _services.GetRequiredService<ILoggerFactory>());
    }

    /// <summary>The program beside these tests.</summary>
    public static InferenceLaunch Program { get; } = new(
        Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet", [Path.Combine(AppContext.BaseDirectory, "medgemma.dll"), "inference"]);

    /// <summary>The same, in which an assertion of the engine fails at <c>SIGUSR1</c>.</summary>
    public static InferenceLaunch AssertingProgram { get; } = new("env", [$"{AssertingVariable}={AssertingHook}", Program.FileName, .. Program.Arguments]);

    /// <summary>The variable that lets .NET load <see cref="AssertingHook"/> into a program.</summary>
    public const string AssertingVariable = "DOTNET_STARTUP_HOOKS";

    /// <summary>See <see cref="EngineAssertion"/>.</summary>
    public static string AssertingHook => Path.Combine(AppContext.BaseDirectory, "MedGemma.Agents.EngineFaults.dll");

    public FakeLogCollector Log { get; } = new();

    public ModelPools Pools { get; }

    public IChatClient Client => Pools.Client("planner");

    public IEnumerable<int> Processes => Pools.Processes("planner").Values;

    /// <summary>The answer, or the type of the failure.</summary>
    public async Task<string> OutcomeAsync(string question, int mostTokens, InferenceChatOptions? inference = null, CancellationToken cancellationToken = default)
    {
        try
        {
            var options = new ChatOptions { MaxOutputTokens = mostTokens }.WithInference(inference ?? new InferenceChatOptions());
            return (await Client.GetResponseAsync([new(ChatRole.User, question)], options, cancellationToken)).Text;
        }
        catch (InferenceException failure)
        {
            return failure.GetType().Name;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return "cancelled";
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Pools.DisposeAsync();
        await _services.DisposeAsync();
        _hashes.Delete(recursive: true);
    }
}
