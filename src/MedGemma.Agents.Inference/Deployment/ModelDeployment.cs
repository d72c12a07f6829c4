using System.Globalization;
using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Models;
using MedGemma.Agents.Inference.OpenAi.Client;
using MedGemma.Agents.Inference.Pool;
using MedGemma.Agents.Inference.Supervision;
using MedGemma.Agents.Inference.Telemetry;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace MedGemma.Agents.Inference.Deployment;

/// <summary>One model as it is configured: its pool, the connections to its replicas, and the supervisors of those on this machine.</summary>
internal sealed class ModelDeployment : IAsyncDisposable
{
    private readonly ModelOptions _options;
    private readonly List<HttpClient> _connections = [];
    private readonly Dictionary<string, ServerReplica> _servers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, InferenceSupervisor> _supervisors = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _reloading = new(1);
    private readonly Lock _lock = new();
    private readonly HashSet<string> _givenUpEarly = new(StringComparer.Ordinal);
    private ModelPool? _pool;

    private ModelDeployment(ModelOptions options) => _options = options;

    public ModelPool Pool => _pool ?? throw new InvalidOperationException("The pool is not made yet.");

    /// <summary>The pool, with traces and metrics.</summary>
    public IChatClient Client { get; private set; } = null!;

    /// <summary>The replicas on this machine, by name.</summary>
    public IReadOnlyDictionary<string, InferenceSupervisor> Supervisors => _supervisors;

    /// <summary>Connects to the servers and starts the processes of a model.</summary>
    /// <param name="key">The model's key.</param>
    /// <param name="options">Its checked configuration.</param>
    /// <param name="threads">CPU threads of each replica on this machine; 0 for all that there may be.</param>
    /// <param name="launch">Starts inference processes.</param>
    /// <param name="loading">The order in which they load.</param>
    /// <param name="sockets">A folder that only this user can enter.</param>
    /// <param name="metrics">Where the pool is measured.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Where replicas are told of.</param>
    public static ModelDeployment Start(
        string key, ModelOptions options, int threads, InferenceLaunch launch, LoadingQueue loading, string sockets, PoolMetrics metrics, TimeProvider time, ILoggerFactory loggers)
    {
        var made = new ModelDeployment(options);
        var name = options.Name ?? key;
        var replicas = new List<ModelReplica>();
        var logger = loggers.CreateLogger<InferenceSupervisor>();

        // All connections come first: where one cannot be made, no process has been started that nobody would end.
        foreach (var (text, address, socket, connection) in made.Connect(key, sockets))
        {
            var client = new ServerReplica(connection, address is ReplicaAddress.Devices ? key : name, time);
            made._servers.Add(text, client);
            IReplicaProbe probe = client;
            if (address is ReplicaAddress.Devices)
            {
                var arguments = InferenceArguments.Of(key, options, text, threads, socket, launch.HashFolder);
                var label = $"{key} on {text}";
                var supervisor = new InferenceSupervisor(
                    label, () => InferenceProcess.Start(launch, arguments, label, logger), options.Supervision, loading, time, logger, state => made.Follow(text, state));
                made._supervisors.Add(text, supervisor);
                probe = new SupervisedReplica(supervisor, client);
            }

            replicas.Add(new ModelReplica(text, client, probe, options.Slots));
        }

        made.Follow(new ModelPool(key, replicas, options.Pool, time, loggers.CreateLogger<ModelPool>(), metrics));
        made.Client = new OpenTelemetryChatClient(made.Pool, null, InferenceTelemetry.SourceName) { EnableSensitiveData = false };
        return made;
    }

    private List<(string Text, ReplicaAddress Address, string Socket, HttpClient Connection)> Connect(string key, string sockets)
    {
        var connected = new List<(string, ReplicaAddress, string, HttpClient)>();
        try
        {
            foreach (var (i, text) in _options.Replicas.Index())
            {
                if (!ReplicaAddress.TryParse(text, out var address, out var problem))
                    throw new InvalidOperationException(problem);

                var socket = Path.Combine(sockets, string.Create(CultureInfo.InvariantCulture, $"{key}-{i}.sock"));
                var connection = address switch
                {
                    ReplicaAddress.Server server => ReplicaCredentials.Connect($"{ConfiguredModels.Section}:{key}", _options, server.Base),
                    ReplicaAddress.Socket given => OpenAiConnection.OverUnixSocket(given.Path),
                    _ => OpenAiConnection.OverUnixSocket(socket),
                };
                _connections.Add(connection);
                connected.Add((text, address, socket, connection));
            }

            return connected;
        }
        catch
        {
            _connections.ForEach(connection => connection.Dispose());
            throw;
        }
    }

    /// <summary>
    /// Loads the model's files again, one replica of this machine after the other; each first finishes what it works on, and requests wait or go elsewhere. A file that could not
    /// be loaded ends nothing that runs.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">A file is refused, or a replica does not come up again.</exception>
    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        await _reloading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_supervisors.Count > 0 && ModelFileSet.Read(_options.Path!, _options.VisionPath, _options.Adapters.Values) is ModelFileResult<ModelFileSet>.Refused(var refusal))
                throw new InvalidOperationException(refusal.Message);

            foreach (var (replica, supervisor) in _supervisors)
            {
                try
                {
                    await Pool.DrainAsync(replica, cancellationToken).ConfigureAwait(false);
                    Pool.TakeUp(replica);
                    await supervisor.ReloadAsync(cancellationToken).ConfigureAwait(false);
                }
                finally
                {
                    Pool.Resume(replica);
                }
            }
        }
        finally
        {
            _reloading.Release();
        }
    }

    /// <summary>Asks each replica what it computes with; those that do not answer are left out.</summary>
    public async Task<IReadOnlyList<ReplicaFiles>> FilesAsync(CancellationToken cancellationToken)
    {
        var found = new List<ReplicaFiles>();
        foreach (var (replica, server) in _servers)
        {
            try
            {
                if (_supervisors.TryGetValue(replica, out var supervisor))
                    await supervisor.ReadyAsync(cancellationToken).ConfigureAwait(false);
                found.Add(new ReplicaFiles(replica, await server.FilesAsync(cancellationToken).ConfigureAwait(false)));
            }
            catch (Exception down) when (down is InferenceException or InvalidOperationException)
            {
                // Whoever asks sees that it is not among them.
            }
        }

        return found;
    }

    public async ValueTask DisposeAsync()
    {
        // The pool first, so that what runs can end on processes that still live.
        await Pool.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll(_supervisors.Values.Select(supervisor => supervisor.DisposeAsync().AsTask())).ConfigureAwait(false);
        foreach (var connection in _connections)
            connection.Dispose();

        _reloading.Dispose();
    }

    private void Follow(ModelPool pool)
    {
        lock (_lock)
        {
            _pool = pool;
            foreach (var replica in _givenUpEarly)
                pool.GiveUp(replica);
        }
    }

    private void Follow(string replica, SupervisorState state)
    {
        if (state != SupervisorState.GivenUp)
            return;

        lock (_lock)
        {
            // The supervisors run before the pool is made, which needs their probes.
            if (_pool is null)
                _givenUpEarly.Add(replica);
            else
                _pool.GiveUp(replica);
        }
    }
}
