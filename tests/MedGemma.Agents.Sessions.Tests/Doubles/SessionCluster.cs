using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Sessions.Access;
using MedGemma.Agents.Sessions.Events;
using MedGemma.Agents.Sessions.Grains;
using MedGemma.Agents.Sessions.Records;
using MedGemma.Agents.Sessions.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace MedGemma.Agents.Sessions.Tests.Doubles;

/// <summary>One silo with the real sessions and turn store over doubles of everything below.</summary>
internal sealed class SessionCluster : IAsyncDisposable
{
    public static readonly SessionCaller Alice = new("hospital", "alice");
    public static readonly SessionCaller Mallory = new("hospital", "mallory");
    private readonly InProcessTestCluster _cluster;

    private SessionCluster(InProcessTestCluster cluster) => _cluster = cluster;

    public FakeRecordSource Source { get; } = new();

    public ScriptedAnswerer Answerer { get; } = new();

    public RevocableAccess Access { get; } = new();

    public ITurnStore Store => _cluster.GetSiloServiceProvider().GetRequiredService<ITurnStore>();

    public static async Task<SessionCluster> StartAsync(string connectionString, SessionDatabaseKind kind = SessionDatabaseKind.Sqlite, TimeSpan? turnTimeout = null, TimeSpan? staleness = null)
    {
        SessionCluster? made = null;
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSiloHost((_, host) => host.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["MedGemma:Sessions:Database"] = kind.ToString(),
            ["MedGemma:Sessions:ConnectionString"] = connectionString,
            ["MedGemma:RecordCache:Staleness"] = (staleness ?? TimeSpan.FromSeconds(2)).ToString(),
            ["MedGemma:Sessions:TurnTimeout"] = (turnTimeout ?? TimeSpan.FromMinutes(1)).ToString(),
        }));
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddPatientSessions();
            silo.Services.AddSingleton<IRecordBuilder>(new RecordBuilder(TimeZoneInfo.Utc));
            silo.Services.AddSingleton(new NamedRecordSource("fake", made!.Source));
            silo.Services.AddSingleton<IQuestionAnswerer>(made!.Answerer);
            silo.Services.AddSingleton<IPatientAccess>(made!.Access);
        });
        var cluster = builder.Build();
        made = new SessionCluster(cluster);
        made.Source.Put("p1");
        made.Source.Put("p2");
        await cluster.DeployAsync();
        return made;
    }

    public IPatientSessionGrain Session(string key) => _cluster.Client.GetGrain<IPatientSessionGrain>(key);

    public async Task<IPatientSessionGrain> CreateAsync(SessionCaller caller, string patientId = "p1")
    {
        var grain = Session(SessionKey.Create());
        Assert.Equal(SessionProblem.None, await grain.CreateAsync(caller, patientId, AskerRole.Clinician));
        return grain;
    }

    public async Task CollectIdleAsync(IPatientSessionGrain session)
    {
        var gone = _cluster.WaitForDeactivationAsync(session);
        await _cluster.Client.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);
        await gone.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
    }

    public static async Task<List<SessionEvent>> ReadAsync(IAsyncEnumerable<SessionEvent> events)
    {
        var all = new List<SessionEvent>();
        await foreach (var happened in events)
            all.Add(happened);

        return all;
    }

    public async ValueTask DisposeAsync()
    {
        Answerer.Release();
        await _cluster.DisposeAsync();
    }
}
