using System.ComponentModel.DataAnnotations;

namespace MedGemma.Agents.Inference.Pool;

/// <summary>How a pool queues and checks.</summary>
public sealed record ModelPoolOptions
{
    /// <value>Requests that may wait, from 0; one more is told to come back later. Default: 64.</value>
    [Range(0, 100_000, ErrorMessage = "Pool:QueueLength must be between 0 and 100000")]
    public int QueueLength { get; init; } = 64;

    /// <value>Longest wait for a replica. Default: 2 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00", ErrorMessage = "Pool:LongestWait must be between 00:00:00.001 and 1.00:00:00")]
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(2);

    /// <value>A batch request that has waited this long counts as interactive, so that a busy day does not starve it. Default: 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00", ErrorMessage = "Pool:Aging must be between 00:00:00.001 and 1.00:00:00")]
    public TimeSpan Aging { get; init; } = TimeSpan.FromSeconds(30);

    /// <value>Places of each replica that batch requests leave free, where it has more than this many. Default: 1.</value>
    [Range(0, 1000, ErrorMessage = "Pool:InteractiveSlots must be between 0 and 1000")]
    public int InteractiveSlots { get; init; } = 1;

    /// <value>How often each replica is checked. Default: 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00", ErrorMessage = "Pool:CheckInterval must be between 00:00:00.001 and 1.00:00:00")]
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <value>How long a replica has to answer a check. Default: 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00", ErrorMessage = "Pool:CheckTimeout must be between 00:00:00.001 and 1.00:00:00")]
    public TimeSpan CheckTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <value>How long a replica has for the probe of what it can do, when it comes up. Default: 60 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00", ErrorMessage = "Pool:ProbeTimeout must be between 00:00:00.001 and 1.00:00:00")]
    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <value>
    /// Longest time in which a server that is not ours sends nothing of an answer; then the request is given up there, though its list of models still comes. A prompt of
    /// 32,768 tokens must be read within it. Processes of ours are watched step by step instead. Default: 5 minutes.
    /// </value>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00", ErrorMessage = "Pool:LongestSilence must be between 00:00:00.001 and 1.00:00:00")]
    public TimeSpan LongestSilence { get; init; } = TimeSpan.FromMinutes(5);

    /// <value>Replicas that one request is tried on before it is given up, from 1. Default: 3.</value>
    [Range(1, 100, ErrorMessage = "Pool:Attempts must be between 1 and 100")]
    public int Attempts { get; init; } = 3;
}
