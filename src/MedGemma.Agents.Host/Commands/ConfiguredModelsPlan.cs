using System.Globalization;
using MedGemma.Agents.Inference.Deployment;
using MedGemma.Agents.Inference.Models;
using MedGemma.Agents.Inference.Models.Memory;

namespace MedGemma.Agents.Host.Commands;

/// <summary>
/// What all configured models take together: as <c>medgemma serve</c> would start them now, one after the other, each with what those before it leave on its devices.
/// </summary>
internal static class ConfiguredModelsPlan
{
    /// <summary>Prints it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="models">The models.</param>
    /// <param name="devices">What is free.</param>
    /// <returns>An <see cref="ExitCode"/>: whether all fit.</returns>
    public static int Write(TextWriter output, ConfiguredModels models, PlannedDevices devices)
    {
        var all = true;
        output.WriteLine("In the order in which they start:");
        output.WriteLine("model             on            context  requests  window   in all GiB  checkpoints GiB");
        foreach (var key in models.StartOrder)
        {
            var options = models.ByKey[key];
            foreach (var replica in options.Replicas)
            {
                if (!ReplicaAddress.TryParse(replica, out var address, out _) || address is not ReplicaAddress.Devices)
                {
                    output.WriteLine($"{key,-16}  {replica}: takes no memory here");
                    continue;
                }

                var (line, left) = Plan(key, replica, options, devices);
                all &= left is not null;
                devices = left ?? devices;
                output.WriteLine(line);
            }
        }

        output.WriteLine();
        foreach (var (name, free) in devices.Gpus)
            output.WriteLine($"{name}: {Gigabytes(free)} GiB are left");
        if (devices.Machine is { } machine)
            output.WriteLine($"Main memory: {Gigabytes(machine.Free)} GiB are left");

        return all ? ExitCode.Done : ExitCode.RefusedOrFailed;
    }

    private static (string Line, PlannedDevices? Left) Plan(string key, string replica, ModelOptions options, PlannedDevices devices)
    {
        var files = ModelFileSet.Read(options.Path!, options.VisionPath, options.Adapters.Values);
        if (files is not ModelFileResult<ModelFileSet>.Accepted(var set))
            return ($"{key,-16}  {replica}: {((ModelFileResult<ModelFileSet>.Refused)files).Refusal.Message}", null);
        if (devices.Of(replica) is not { } gpus)
            return ($"{key,-16}  {replica}: this machine has no such device", null);

        var free = gpus.Select(gpu => devices.Gpus[gpu].Free).ToList();
        var demand = new CacheDemand(options.ContextLength, options.Slots)
        {
            MicroBatch = options.TokensPerStep, Window = options.Window, Quantized = options.QuantizedCache, MostCheckpointBytes = options.CheckpointBytes,
        };
        if (CacheFit.Find(set.Text, set.Vision, demand, free, devices.Machine, out var refusal) is not { } fit)
            return ($"{key,-16}  {replica}: {refusal!.Message}", null);

        var plan = fit.Plan;
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{key,-16}  {replica,-10}  {fit.ContextLength,9:N0}  {fit.Requests,8}  {(fit.FullWindow ? CacheWindow.Full : CacheWindow.Sliding),-7}  {Gigabytes(plan.Device),10}  {Gigabytes(plan.Checkpoints),15}");
        var needs = gpus.Count == 0 ? [] : DeviceSplit.Of(set.Text, plan, free);
        return (line, devices.Without(gpus, needs, gpus.Count == 0 ? plan.Processor : plan.HostBesideGpu));
    }

    private static string Gigabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1073741824.0:0.0}");
}
