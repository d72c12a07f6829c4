using System.Globalization;
using MedGemma.Agents.Evaluation.Suites.RunFiles;
using MedGemma.Agents.Inference.Deployment;

namespace MedGemma.Agents.Host.Commands.Suites;

/// <summary>What a run file says of the models of a run: how they are configured, and their files by name, length and SHA-256, as the processes that answer say it.</summary>
internal static class MeasuredModels
{
    private const string NotSaid = "not said by its server";

    /// <summary>As long as it takes to read 100 GB from a slow disk.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Describes models, by name of setting; one that is not configured is left out. Waits until the files are loaded and hashed.</summary>
    /// <param name="keys">Keys of the models.</param>
    /// <param name="services">The services of the run.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CommandRefusedException">No replica of a model answers, its replicas differ, or a file has no hash: the run could not say what it measured.</exception>
    public static async Task<SortedDictionary<string, string>> DescribeAsync(IEnumerable<string> keys, IServiceProvider services, CancellationToken cancellationToken)
    {
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            if (!services.GetRequiredService<ConfiguredModels>().ByKey.TryGetValue(key, out var options))
                continue;

            settings[$"model {key}: name"] = options.Name ?? key;
            settings[$"model {key}: context length"] = options.ContextLength.ToString(CultureInfo.InvariantCulture);
            settings[$"model {key}: thinking"] = options.Thinking ? "yes" : "no";
            settings[$"model {key}: cache"] = options.QuantizedCache ? "8 bits" : "16 bits";
            settings[$"model {key}: files"] = await FilesAsync(key, services, cancellationToken).ConfigureAwait(false);
        }

        return settings;
    }

    /// <summary>Refuses a run whose models are not any more what its file says: no figure of it is a figure of either.</summary>
    /// <param name="subject">What the run file says.</param>
    /// <param name="services">The services of the run.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CommandRefusedException">They are not.</exception>
    public static async Task DemandUnchangedAsync(RunSubject subject, IServiceProvider services, CancellationToken cancellationToken)
    {
        var now = await DescribeAsync(subject.Model?.Split(' ') ?? [], services, cancellationToken).ConfigureAwait(false);
        foreach (var (name, value) in now)
        {
            if (subject.Settings.GetValueOrDefault(name) != value)
                throw new CommandRefusedException($"{name} changed during the run, which is therefore a run of neither: put it again into another file");
        }
    }

    private static async Task<string> FilesAsync(string key, IServiceProvider services, CancellationToken cancellationToken)
    {
        var (pools, time) = (services.GetRequiredService<ModelPools>(), services.GetRequiredService<TimeProvider>());
        for (var begun = time.GetTimestamp(); ; await Task.Delay(s_pause, time, cancellationToken).ConfigureAwait(false))
        {
            var replicas = await pools.FilesAsync(key, cancellationToken).ConfigureAwait(false);
            if (replicas.Count == 0)
                throw new CommandRefusedException($"no replica of the model {key} answers, so that a run could not say what it measured");

            var files = replicas.Select(replica => replica.Files.Count == 0 ? NotSaid : string.Join("; ", replica.Files)).Distinct(StringComparer.Ordinal).ToList();
            if (replicas.All(replica => replica.Files.All(file => file.Sha256 is not null)))
            {
                return files.Count == 1
                    ? files[0]
                    : throw new CommandRefusedException($"the replicas of the model {key} compute with different files ({string.Join(", ", replicas.Select(replica => replica.Replica))}): a run would be of no one model");
            }

            if (time.GetElapsedTime(begun) > s_longest)
                throw new CommandRefusedException($"a file of the model {key} has no hash, because it was changed while it was loaded or cannot be read; load the model again");
        }
    }
}
