namespace MedGemma.Agents.Inference.Models.Memory;

/// <summary>
/// The largest key and value cache that a model gets in the memory there is. How long a request may be is a promise and stays; how many whole ones the cache holds is
/// what gives way, down to one: requests then share it, and the latest waits where it is full.
/// </summary>
/// <param name="ContextLength">Tokens of prompt and output of one request: as asked for, or what the model was trained on where that is less.</param>
/// <param name="Requests">Requests of that length that it holds, at most as many as run at once.</param>
/// <param name="FullWindow">Whether local layers keep all positions, or only their window.</param>
public sealed record CacheFit(int ContextLength, int Requests, bool FullWindow)
{
    /// <summary>Shortest length of a request that is still proposed where a longer one does not fit.</summary>
    private const int ShortestProposed = 1024;

    /// <summary>Tokens that it holds.</summary>
    public int Cells => checked(ContextLength * Requests);

    /// <summary>Looks for it: all positions for every request, then windows only, then fewer requests.</summary>
    /// <param name="model">The model.</param>
    /// <param name="vision">Its vision tower, or null.</param>
    /// <param name="contextLength">Tokens of prompt and output of one request.</param>
    /// <param name="slots">Requests that run at once.</param>
    /// <param name="microBatch">Most tokens that are computed at once.</param>
    /// <param name="gpus">Bytes free on each GPU; empty for the processor.</param>
    /// <param name="machine">Main memory; null when it is not known.</param>
    /// <param name="refusal">Why not even one request fits, with the numbers and the length that would.</param>
    /// <returns>The cache, or null.</returns>
    public static CacheFit? Find(
        TextModelFile model, VisionFile? vision, int contextLength, int slots, int microBatch, IReadOnlyList<long> gpus, MachineMemory? machine, out ModelRefusal? refusal)
    {
        ArgumentNullException.ThrowIfNull(model);
        var length = Math.Min(contextLength, model.Architecture.ContextLength);
        refusal = null;
        var all = new CacheFit(length, slots, FullWindow: true);
        foreach (var fit in Enumerable.Range(1, slots).Reverse().Select(requests => new CacheFit(length, requests, FullWindow: false)).Prepend(all))
        {
            refusal = Refusal(fit);
            if (refusal is null)
                return fit;
        }

        for (var shorter = length / 2; shorter >= ShortestProposed; shorter /= 2)
        {
            if (Refusal(new CacheFit(shorter, 1, FullWindow: false)) is null)
            {
                refusal = refusal! with { Reason = $"{refusal.Reason}; a ContextLength of {shorter} would fit" };
                break;
            }
        }

        return null;

        // Where only windows are kept, the engine holds the room of one more for shared beginnings.
        ModelRefusal? Refusal(CacheFit fit)
        {
            var options = new MemoryPlanOptions { Cells = fit.Cells, Sequences = fit.FullWindow ? slots : slots + 1, MicroBatch = Math.Max(microBatch, vision?.Architecture.Tokens ?? 0), FullWindow = fit.FullWindow };
            return MemoryCheck.Refusal(model, MemoryPlanner.Plan(model, options, vision), gpus, machine);
        }
    }
}
