using System.CommandLine;
using MedGemma.Agents.Host.Composition;
using MedGemma.Agents.Inference.Deployment;
using MedGemma.Agents.Inference.Llama;
using MedGemma.Agents.Inference.Models;
using Microsoft.Extensions.Logging.Abstractions;

namespace MedGemma.Agents.Host.Commands;

/// <summary><c>medgemma models doctor</c>: what this machine has to run models with, what is missing, and the command that mends it.</summary>
internal static class ModelsDoctorCommand
{
    private const string CpuLibrary = "libggml-cpu";

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var command = new Command("doctor", "Says what this machine has to run models with, what is missing, and the command that mends it.");
        command.SetAction(parsed => Run(parsed.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(TextWriter output)
    {
        var usable = true;
        LlamaRuntime? runtime = null;
        try
        {
            runtime = LlamaRuntime.Start(NullLogger.Instance);
            Say(output, true, "engine", $"llama.cpp {runtime.Version} in {runtime.Folder}");
            Say(output, true, "processor", $"{Environment.ProcessorCount} cores, library {CpuVariant() ?? "not found"}");
            Say(output, true, "libraries", string.Join(", ", runtime.CpuLibraries().Where(library => library.Usable).Select(library => library.Name)));
        }
        catch (EngineUnavailableException unavailable)
        {
            usable = false;
            Say(output, false, "engine", unavailable.Message);
            if (OperatingSystem.IsLinux())
                Mend(output, EngineRestore.Command(cuda: false));
        }

        if (runtime is not null)
            Cuda(output, runtime);

        var models = ConfiguredModels.Read(CommandServices.ReadConfiguration());
        foreach (var (key, model) in models.ByKey.OrderBy(model => model.Key, StringComparer.Ordinal))
            usable &= Model(output, key, model, runtime);

        if (models.ByKey.Count == 0)
            output.WriteLine("      models      none configured; the built-in planner answers alone");

        return usable ? ExitCode.Done : ExitCode.RefusedOrFailed;
    }

    private static void Cuda(TextWriter output, LlamaRuntime runtime)
    {
        var cuda = CudaDiagnosis.Of(runtime);
        Say(output, cuda.IsUsable, "CUDA", cuda.Text);
        foreach (var command in cuda.Commands)
            Mend(output, command);

        foreach (var device in runtime.Devices)
        {
            var (free, total) = device.Memory();
            Say(output, true, device.Name, $"{device.Description}, {free >> 20:N0} of {total >> 20:N0} MiB free");
        }
    }

    private static bool Model(TextWriter output, string key, ModelOptions model, LlamaRuntime? runtime)
    {
        var here = model.Replicas.Where(replica => ReplicaAddress.TryParse(replica, out var address, out _) && address is ReplicaAddress.Devices).ToList();
        if (here.Count == 0)
        {
            Say(output, true, key, $"on servers: {string.Join(", ", model.Replicas)}");
            return true;
        }

        var missing = here.Where(replica => replica.StartsWith("cuda:", StringComparison.Ordinal))
            .SelectMany(replica => replica["cuda:".Length..].Split('+')).Where(number => runtime?.Devices.Any(device => device.Name == "CUDA" + number) != true).Distinct().ToList();
        foreach (var number in missing)
            Say(output, false, key, $"there is no device cuda:{number}");

        var text = ModelFileReader.ReadText(model.Path!);
        var good = File(output, key, text);
        if (!string.IsNullOrEmpty(model.VisionPath))
            good &= File(output, key, ModelFileReader.ReadVision(model.VisionPath));
        foreach (var adapter in model.Adapters.Values)
        {
            var read = ModelFileReader.ReadAdapter(adapter);
            good &= File(output, key, read);
            if (text is ModelFileResult<TextModelFile>.Accepted(var file) && read is ModelFileResult<AdapterFile>.Accepted(var accepted) && accepted.Against(file) is { } other)
            {
                Say(output, false, key, other.Message);
                good = false;
            }
        }

        return good && missing.Count == 0 && runtime is not null;
    }

    private static bool File<T>(TextWriter output, string key, ModelFileResult<T> result)
        where T : ModelFile
    {
        switch (result)
        {
            case ModelFileResult<T>.Accepted(var file):
                Say(output, true, key, $"{file.Path}: {file.Name}, {file.WeightBytes >> 20:N0} MiB of weights");
                return true;
            case ModelFileResult<T>.Refused(var refusal):
                Say(output, false, key, refusal.Message);
                return false;
            default:
                throw new InvalidOperationException("There is no third result.");
        }
    }

    private static void Say(TextWriter output, bool good, string what, string text) => output.WriteLine($"{(good ? "ok   " : "LACKS")} {what,-11} {text}");

    private static void Mend(TextWriter output, string command) => output.WriteLine($"                  {command}");

    // Which of its libraries the engine has chosen for this processor, only the system knows.
    private static string? CpuVariant() => System.IO.File.ReadLines("/proc/self/maps").Select(line => Path.GetFileName(line)).FirstOrDefault(name => name.StartsWith(CpuLibrary, StringComparison.Ordinal));
}
