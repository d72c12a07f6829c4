using System.Globalization;

namespace MedGemma.Agents.Inference.Models.Memory;

/// <summary>Says before loading that a model does not fit, because the engine would be ended by the system, or abort.</summary>
public static class MemoryCheck
{
    /// <summary>Why a plan does not fit, or null when it does.</summary>
    /// <param name="model">The model.</param>
    /// <param name="plan">What it costs.</param>
    /// <param name="gpus">Bytes free on each GPU that it is to be spread over; empty for the processor.</param>
    /// <param name="machine">Main memory; null when it is not known, and then not checked.</param>
    public static ModelRefusal? Refusal(TextModelFile model, MemoryPlan plan, IReadOnlyList<long> gpus, MachineMemory? machine)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(gpus);
        foreach (var (gpu, needs) in gpus.Count == 0 ? [] : DeviceSplit.Of(model, plan, gpus).Index())
        {
            if (needs > gpus[gpu])
                return TooLarge(model, plan, needs, gpus[gpu], gpus.Count == 1 ? "on the GPU" : $"on GPU {gpu + 1} of the {gpus.Count} that its layers are spread over");
        }

        var needed = gpus.Count > 0 ? plan.HostBesideGpu : plan.Processor;
        return machine is not null && needed > machine.Free
            ? TooLarge(model, plan, needed, machine.Free, machine.Limited ? "within the memory limit of its control group" : "in main memory")
            : null;
    }

    private static ModelRefusal TooLarge(TextModelFile model, MemoryPlan plan, long needed, long free, string where)
    {
        var cheaper = plan.Options.FullWindow ? "fewer cells, windows only (Window: Sliding) or an 8-bit cache (QuantizedCache)" : plan.Options.QuantizedCache ? "fewer cells or sequences" : "fewer cells or an 8-bit cache (QuantizedCache)";
        return new(
            ModelRefusalKind.OutOfMemory,
            model.Path,
            $"it needs {Gigabytes(needed)} (weights {Gigabytes(plan.Weights)}, cache {Gigabytes(plan.Cache)} for {plan.Options.Cells} tokens, buffers {Gigabytes(plan.Compute + plan.Output)}{(plan.Checkpoints > 0 ? $", checkpoints {Gigabytes(plan.Checkpoints)}" : "")}), but {Gigabytes(free)} are free {where}; {cheaper} would need less");
    }

    private static string Gigabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1073741824.0:0.0} GiB");
}
