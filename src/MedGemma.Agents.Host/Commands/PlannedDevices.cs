using MedGemma.Agents.Inference.Llama;
using MedGemma.Agents.Inference.Models.Memory;
using Microsoft.Extensions.Logging.Abstractions;

namespace MedGemma.Agents.Host.Commands;

/// <summary>What the devices of this machine have free.</summary>
/// <param name="Gpus">Bytes free on each GPU, by the engine's name of it.</param>
/// <param name="Machine">Main memory; null when it is not known.</param>
internal sealed record PlannedDevices(IReadOnlyList<(string Name, long Free)> Gpus, MachineMemory? Machine)
{
    /// <summary>Looks now.</summary>
    public static PlannedDevices Read()
    {
        var machine = MachineMemory.Read();
        try
        {
            var gpus = LlamaRuntime.Start(NullLogger.Instance).Devices.Where(device => device.Kind == LlamaDeviceKind.Gpu);
            return new([.. gpus.Select(device => (device.Name, device.Memory().Free))], machine);
        }
        catch (EngineUnavailableException)
        {
            // The plan holds for other machines too; what this one lacks, doctor says.
            return new([], machine);
        }
    }

    /// <summary>The GPUs that a replica is spread over, by their places in <see cref="Gpus"/>; none for the processor; null where one that it names is not there.</summary>
    /// <param name="devices"><c>auto</c>, <c>cpu</c>, <c>cuda:0</c> or <c>cuda:0+1</c>.</param>
    public IReadOnlyList<int>? Of(string devices)
    {
        if (devices == "cpu")
            return [];
        if (devices == "auto")
            return [.. Enumerable.Range(0, Gpus.Count)];

        var named = devices["cuda:".Length..].Split('+').Select(number => Gpus.ToList().FindIndex(gpu => gpu.Name == "CUDA" + number.TrimStart('0').PadLeft(1, '0'))).ToList();
        return named.Contains(-1) ? null : named;
    }

    /// <summary>What is left when a model has taken what it takes.</summary>
    /// <param name="gpus">Where it is.</param>
    /// <param name="needs">Bytes on each of them.</param>
    /// <param name="main">Bytes of main memory.</param>
    public PlannedDevices Without(IReadOnlyList<int> gpus, IReadOnlyList<long> needs, long main)
    {
        var left = Gpus.ToArray();
        foreach (var (i, gpu) in gpus.Index())
            left[gpu].Free -= needs[i];

        return new(left, Machine is null ? null : Machine with { Free = Math.Max(0, Machine.Free - main) });
    }
}
