namespace MedGemma.Agents.Inference.Models.Memory;

/// <summary>
/// The largest key and value cache that a model gets in the memory there is. How long a request may be is a promise and stays; how many whole ones the cache holds is
/// what gives way, down to one: requests then share it, and the latest waits where it is full. Copies of windows get what main memory has left.
/// </summary>
/// <param name="ContextLength">Tokens of prompt and output of one request: as asked for, or what the model was trained on where that is less.</param>
/// <param name="Requests">Requests of that length that it holds, at most as many as run at once.</param>
/// <param name="Plan">What the model then costs.</param>
public sealed record CacheFit(int ContextLength, int Requests, MemoryPlan Plan)
{
    /// <summary>Shortest length of a request that is still proposed where a longer one does not fit.</summary>
    private const int ShortestProposed = 1024;

    /// <summary>Of what main memory has left, copies of windows get so much; the rest is the process's own.</summary>
    private const double ShareOfCheckpoints = 0.9;

    /// <summary>Tokens that it holds.</summary>
    public int Cells => Plan.Options.Cells;

    /// <summary>Whether local layers keep all positions, or only their window.</summary>
    public bool FullWindow => Plan.Options.FullWindow;

    /// <summary>Bytes of main memory that copies of windows may take.</summary>
    public long CheckpointBytes => Plan.Options.CheckpointBytes;

    /// <summary>Looks for it: all positions for every request, then windows only, then fewer requests.</summary>
    /// <param name="model">The model.</param>
    /// <param name="vision">Its vision tower, or null.</param>
    /// <param name="demand">What is wanted.</param>
    /// <param name="gpus">Bytes free on each GPU; empty for the processor.</param>
    /// <param name="machine">Main memory; null when it is not known.</param>
    /// <param name="refusal">Why not even one request fits, with the numbers and the length that would.</param>
    /// <returns>The cache, or null.</returns>
    public static CacheFit? Find(TextModelFile model, VisionFile? vision, CacheDemand demand, IReadOnlyList<long> gpus, MachineMemory? machine, out ModelRefusal? refusal)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(demand);
        ArgumentNullException.ThrowIfNull(gpus);
        var length = Math.Min(demand.ContextLength, model.Architecture.ContextLength);
        refusal = null;
        foreach (var (requests, fullWindow) in Candidates(demand))
        {
            var plan = Plan(length, requests, fullWindow, 0);
            refusal = MemoryCheck.Refusal(model, plan, gpus, machine);
            if (refusal is not null)
                continue;

            var left = machine is null ? long.MaxValue : machine.Free - (gpus.Count > 0 ? plan.HostBesideGpu : plan.Processor);
            return new CacheFit(length, requests, fullWindow ? plan : Plan(length, requests, false, Math.Min(demand.MostCheckpointBytes, (long)(left * ShareOfCheckpoints))));
        }

        for (var shorter = length / 2; shorter >= ShortestProposed; shorter /= 2)
        {
            if (MemoryCheck.Refusal(model, Plan(shorter, 1, demand.Window == CacheWindow.Full, 0), gpus, machine) is null)
            {
                refusal = refusal! with { Reason = $"{refusal.Reason}; a ContextLength of {shorter} would fit" };
                break;
            }
        }

        return null;

        // Where only windows are kept, the engine holds the room of one more for shared beginnings.
        MemoryPlan Plan(int tokens, int requests, bool fullWindow, long checkpoints) => MemoryPlanner.Plan(
            model,
            new MemoryPlanOptions
            {
                Cells = checked(tokens * requests), Sequences = fullWindow ? demand.Slots : demand.Slots + 1, MicroBatch = Math.Max(demand.MicroBatch, vision?.Architecture.Tokens ?? 0),
                FullWindow = fullWindow, QuantizedCache = demand.Quantized, CheckpointBytes = checkpoints,
            },
            vision);
    }

    private static IEnumerable<(int Requests, bool FullWindow)> Candidates(CacheDemand demand)
    {
        var fewer = Enumerable.Range(1, demand.Slots).Reverse();
        return demand.Window switch
        {
            CacheWindow.Full => fewer.Select(requests => (requests, true)),
            CacheWindow.Sliding => fewer.Select(requests => (requests, false)),
            _ => fewer.Select(requests => (requests, false)).Prepend((demand.Slots, true)),
        };
    }
}
