using System.Threading.Channels;
using MedGemma.Agents.Inference.Pool;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Contradictions;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Sessions;
using MedGemma.Agents.Sessions.Events;
using MedGemma.Agents.Sessions.Grains;
using MedGemma.Agents.Sessions.Records;
using MedGemma.Agents.Sessions.Storage;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace MedGemma.Benchmarks.AgentLoop;

/// <summary>
/// A turn as a session runs it, but for Orleans and HTTP: the record from the cache, the model behind its pool, the answer with its contradictions, the steps as events, and
/// the turn in the database with its audit rows and Provenance before it counts as done.
/// </summary>
internal sealed class WholeTurn : IAsyncDisposable
{
    private const string Replica = "in-process";
    private readonly ServiceProvider _services;
    private readonly TurnRunner _runner;
    private readonly TurnRecorder _recorder;
    private readonly ITurnStore _store;
    private readonly ModelPool _pool;
    private int _turns;
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, string?> _listed = [];

    private WholeTurn(ServiceProvider services, TurnRunner runner, ModelPool pool)
    {
        (_services, _runner, _pool) = (services, runner, pool);
        _store = services.GetRequiredService<ITurnStore>();
        _recorder = new TurnRecorder(_store, services.GetRequiredService<IOptions<PatientSessionOptions>>(), TimeProvider.System);
    }

    /// <summary>Opens it.</summary>
    /// <param name="planning">The services of question answering.</param>
    /// <param name="client">The model, without a pool.</param>
    /// <param name="answerer">Answers with a model.</param>
    /// <param name="source">Where records are.</param>
    /// <param name="folder">Where the database goes.</param>
    public static async Task<WholeTurn> OpenAsync(IServiceProvider planning, IChatClient client, Func<IChatClient, IQuestionAnswerer> answerer, IRecordSource source, string folder)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { [$"{PatientSessionOptions.SectionName}:ConnectionString"] = $"Data Source={Path.Combine(folder, "sessions.db")}" })
            .Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddMetrics().AddTurnStore().BuildServiceProvider();
        await services.GetRequiredService<TurnStore>().OpenAsync(CancellationToken.None).ConfigureAwait(false);
        var pool = new ModelPool("planner", [new ModelReplica(Replica, client, new Up(), 1)], new ModelPoolOptions(), TimeProvider.System, NullLogger<ModelPool>.Instance);
        var (options, meters) = (services.GetRequiredService<IOptions<PatientSessionOptions>>(), services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>());
        var runner = new TurnRunner(
            new RecordCache(planning.GetRequiredService<IRecordBuilder>(), Options.Create(new RecordCacheOptions()), TimeProvider.System, meters),
            new NamedRecordSource("fixtures", source),
            new ContradictionAnswerer(answerer(pool), planning.GetRequiredService<ContradictionFinder>(), TimeZoneInfo.Utc),
            TimeProvider.System,
            options,
            meters,
            NullLogger<TurnRunner>.Instance);
        return new WholeTurn(services, runner, pool);
    }

    /// <summary>A session about a patient.</summary>
    public async Task<SessionRow> CreateSessionAsync(FixtureQuestion question)
    {
        var session = new SessionRow(SessionKey.Create(), "benchmark", "benchmark", question.Patient, question.Asker, TimeProvider.System.GetUtcNow());
        await _store.CreateSessionAsync(session, Row(session, AuditAction.CreateSession, null), CancellationToken.None).ConfigureAwait(false);
        return session;
    }

    /// <summary>Runs a turn until its rows are durable.</summary>
    public async Task<SessionTurn> RunAsync(SessionRow session, FixtureQuestion question)
    {
        var now = TimeProvider.System.GetUtcNow();
        var turn = new TurnRow(session.Key, ++_turns, null, question.Text, question.AsOf, now);
        var events = Channel.CreateUnbounded<SessionEvent>();
        var done = await _recorder.RecordAsync(
            turn,
            Row(session, AuditAction.BeginTurn, turn.Number),
            () => _runner.RunAsync(session, new ChartQuestion(question.Text, question.AsOf, question.Asker, []), _listed.GetValueOrDefault(session.Key), new ChannelAnswerObserver(events.Writer), CancellationToken.None, CancellationToken.None),
            () => { }).ConfigureAwait(false);
        _listed[session.Key] = done.Listed;
        return done;
    }

    public async ValueTask DisposeAsync()
    {
        _runner.Dispose();
        await _pool.DisposeAsync().ConfigureAwait(false);
        await _services.DisposeAsync().ConfigureAwait(false);
    }

    private static AuditRow Row(SessionRow session, string action, int? turn) =>
        new(TimeProvider.System.GetUtcNow(), session.Issuer, session.User, action, session.PatientId, session.Key, turn, "done");

    /// <summary>The replica is this process.</summary>
    private sealed class Up : IReplicaProbe
    {
        public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<ReplicaCapabilities> ProbeAsync(CancellationToken cancellationToken) =>
            Task.FromResult(ReplicaCapabilities.JsonSchema | ReplicaCapabilities.Tools | ReplicaCapabilities.Extensions);
    }
}
