using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Engine;
using MedGemma.Agents.Inference.OpenAi.Serving;
using MedGemma.Agents.Inference.Pool;
using MedGemma.Agents.Inference.Supervision;
using MedGemma.Agents.Inference.Telemetry;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace MedGemma.Agents.Inference.Deployment;

/// <summary>
/// The configured models, running. A model's processes are started when it is first asked for, or all at once by <see cref="Start"/>. Disposing lets what runs
/// finish and stops the processes. Safe for concurrent calls.
/// </summary>
public sealed class ModelPools : IAsyncDisposable
{
    private readonly ConfiguredModels _models;
    private readonly InferenceLaunch _launch;
    private readonly PoolMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private readonly Lock _lock = new();
    private readonly LoadingQueue _loading = new();
    private readonly Dictionary<string, ModelDeployment> _running = new(StringComparer.Ordinal);
    private DirectoryInfo? _sockets;
    private bool _disposed;

    /// <summary>Creates the pools; starts nothing.</summary>
    /// <param name="models">What is configured.</param>
    /// <param name="launch">Starts inference processes.</param>
    /// <param name="metrics">Where queues and replicas are measured.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Where replicas and processes are told of.</param>
    public ModelPools(ConfiguredModels models, InferenceLaunch launch, PoolMetrics metrics, TimeProvider time, ILoggerFactory loggers)
    {
        _models = models;
        _launch = launch;
        _metrics = metrics;
        _time = time;
        _loggers = loggers;
    }

    /// <summary>Keys of the configured models.</summary>
    public IReadOnlyList<string> Keys => [.. _models.ByKey.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The pool of a model.</summary>
    /// <param name="key">Its key.</param>
    /// <exception cref="KeyNotFoundException">No model is configured under this key.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A file that the configuration names does not hold what it should.</exception>
    public ModelPool Pool(string key) => Deployment(key).Pool;

    /// <summary>A client of a model, with traces and metrics by the OpenTelemetry conventions for generative AI, never with text of prompts and answers.</summary>
    /// <param name="key">Its key.</param>
    /// <exception cref="KeyNotFoundException">No model is configured under this key.</exception>
    public IChatClient Client(string key) => Deployment(key).Client;

    /// <summary>The models as the OpenAI chat API serves them: all requests to a model wait in its one queue, whoever asks.</summary>
    public IReadOnlyList<ServedModel> Served() => [.. Keys.Select(key =>
    {
        var options = _models.ByKey[key];
        var info = new GeneratorInfo(key, options.ContextLength) { Images = !string.IsNullOrEmpty(options.VisionPath), Thinking = options.Thinking, Adapters = [.. options.Adapters.Keys] };
        return new ServedModel(info, Client(key));
    })];

    /// <summary>Starts every model.</summary>
    public void Start()
    {
        foreach (var key in _models.StartOrder)
            _ = Deployment(key);
    }

    /// <summary>How the replicas of the models that were started do now, by key.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ReplicaStatus>> Status()
    {
        lock (_lock)
            return _running.ToDictionary(model => model.Key, model => model.Value.Pool.Replicas, StringComparer.Ordinal);
    }

    /// <summary>Numbers of the running inference processes of a model, by replica.</summary>
    /// <param name="key">The model's key.</param>
    public IReadOnlyDictionary<string, int> Processes(string key) => Deployment(key).Supervisors
        .Where(replica => replica.Value.ProcessId is not null).ToDictionary(replica => replica.Key, replica => replica.Value.ProcessId!.Value, StringComparer.Ordinal);

    /// <summary>Asks each replica of a model which files it computes with. Waits for processes of this machine that still load; replicas that do not answer are left out.</summary>
    /// <param name="key">The model's key.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KeyNotFoundException">No model is configured under this key.</exception>
    public Task<IReadOnlyList<ReplicaFiles>> FilesAsync(string key, CancellationToken cancellationToken = default) => Deployment(key).FilesAsync(cancellationToken);

    /// <summary>
    /// Loads the files of a model again, also on replicas that were given up. Each replica first finishes what it works on; requests wait, or go to others.
    /// </summary>
    /// <param name="key">The model's key.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">A file is refused, and what runs goes on; or a replica does not come up again.</exception>
    public Task ReloadAsync(string key, CancellationToken cancellationToken = default) => Deployment(key).ReloadAsync(cancellationToken);

    /// <summary>Takes no more requests, lets those that run finish, and stops the processes.</summary>
    public async ValueTask DisposeAsync()
    {
        List<ModelDeployment> running;
        lock (_lock)
        {
            if (_disposed)
                return;

            _disposed = true;
            running = [.. _running.Values];
        }

        await Task.WhenAll(running.Select(model => model.DisposeAsync().AsTask())).ConfigureAwait(false);
        _loading.Dispose();
        _sockets?.Delete(recursive: true);
    }

    private ModelDeployment Deployment(string key)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_running.TryGetValue(key, out var running))
                return running;
            if (!_models.ByKey.TryGetValue(key, out var options))
                throw new KeyNotFoundException($"No model is configured as {ConfiguredModels.Section}:{key}.");

            // Only this user may enter it, whatever the rights of a socket in it.
            _sockets ??= Directory.CreateTempSubdirectory("medgemma-");
            return _running[key] = ModelDeployment.Start(key, options, _models.Threads(options, ThreadShare.Most), _launch, _loading, _sockets.FullName, _metrics, _time, _loggers);
        }
    }
}
