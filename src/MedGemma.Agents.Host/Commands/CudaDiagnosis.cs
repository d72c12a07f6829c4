using MedGemma.Agents.Inference.Llama;

namespace MedGemma.Agents.Host.Commands;

/// <summary>What a machine has of CUDA, in one line, and the commands that bring what it lacks.</summary>
/// <param name="IsUsable">Whether models can run on its graphics cards.</param>
/// <param name="Text">What it has, or lacks.</param>
/// <param name="Commands">What mends it, in order; none when it is usable.</param>
internal sealed record CudaDiagnosis(bool IsUsable, string Text, IReadOnlyList<string> Commands)
{
    private const string Driver = "libcuda.so.1";

    // Debian 13 has a driver (550) and libraries for CUDA 12 of its own; CUDA 13 needs a driver from 580 on, which only NVIDIA's repository has.
    private const string OwnPackages = "debian 13";
    private const int OwnMajor = 12;

    /// <summary>Looks at this machine.</summary>
    public static CudaDiagnosis Of(LlamaRuntime runtime) =>
        Of(runtime.Cuda, runtime.LoadedCuda, runtime.Devices.Count(device => device.Kind == LlamaDeviceKind.Gpu), HasCard("/sys/bus/pci/devices"), ReadDistribution("/etc/os-release"));

    /// <summary>Judges a machine. One generation of CUDA is enough: the one that lacks least is spoken of.</summary>
    /// <param name="variants">What there is of each generation.</param>
    /// <param name="loaded">The one that the engine has loaded, or null.</param>
    /// <param name="gpus">Graphics cards that answer.</param>
    /// <param name="hasCard">Whether there is an NVIDIA graphics card.</param>
    /// <param name="distribution">The system, such as <c>debian 13</c>.</param>
    public static CudaDiagnosis Of(IReadOnlyList<CudaVariant> variants, CudaVariant? loaded, int gpus, bool hasCard, string distribution)
    {
        if (loaded is not null && gpus > 0)
            return new CudaDiagnosis(true, $"generation {loaded.Major} in use", []);

        var nearest = variants.OrderBy(variant => variant.Installed ? 0 : 1).ThenBy(variant => variant.MissingLibraries.Count)
            .ThenBy(variant => distribution == OwnPackages && variant.Major == OwnMajor ? 0 : 1).First();
        var lacking = new List<string>();
        var commands = new List<string>();
        if (!hasCard)
            lacking.Add("an NVIDIA graphics card");
        if (!nearest.Installed)
        {
            lacking.Add("the engine's CUDA libraries");
            commands.Add(EngineRestore.Command(cuda: true));
        }

        lacking.AddRange(nearest.MissingLibraries);
        if (nearest.MissingLibraries.Count > 0)
            commands.Add(Install(nearest, distribution));
        if (hasCard && lacking.Count == 0)
        {
            lacking.Add("a graphics card that answers the driver");
            commands.Add("nvidia-smi");
        }

        return new CudaDiagnosis(false, $"{string.Join(", ", lacking)}: models run on the processor", commands);
    }

    /// <summary>Whether there is a display controller (class 03) of NVIDIA (vendor 10de).</summary>
    /// <param name="devices">Folder of the PCI devices.</param>
    public static bool HasCard(string devices) => Directory.Exists(devices) && Directory.EnumerateDirectories(devices).Any(device =>
        Says(Path.Combine(device, "vendor"), "0x10de") && Says(Path.Combine(device, "class"), "0x03"));

    /// <summary>The system's name and version, such as <c>debian 13</c>; empty when it does not say.</summary>
    /// <param name="path">Path of its <c>os-release</c>.</param>
    public static string ReadDistribution(string path)
    {
        if (!File.Exists(path))
            return "";

        var values = File.ReadLines(path).Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2).DistinctBy(pair => pair[0]).ToDictionary(pair => pair[0], pair => pair[1].Trim('"'));
        return $"{values.GetValueOrDefault("ID")} {values.GetValueOrDefault("VERSION_ID")}".Trim();
    }

    private static bool Says(string path, string beginning) => File.Exists(path) && File.ReadAllText(path).StartsWith(beginning, StringComparison.Ordinal);

    private static string Install(CudaVariant variant, string distribution)
    {
        var own = distribution == OwnPackages && variant.Major == OwnMajor;
        var packages = variant.MissingLibraries.Select(library => library switch
        {
            Driver => own ? "nvidia-driver" : "nvidia-open",
            _ when library.StartsWith("libcudart.", StringComparison.Ordinal) => own ? $"libcudart{variant.Major}" : $"cuda-cudart-{variant.Major}-{Minor(variant)}",
            _ when library.StartsWith("libcublas.", StringComparison.Ordinal) => own ? $"libcublas{variant.Major}" : $"libcublas-{variant.Major}-{Minor(variant)}",
            _ => throw new InvalidOperationException($"{library} is in no package that is known here."),
        });
        return $"apt-get install {string.Join(' ', packages)}   ({(own ? "Debian's components contrib and non-free" : "NVIDIA's package repository, https://developer.nvidia.com/cuda-downloads")})";
    }

    /// <summary>A minor version that the repository keeps; libraries of one major version can stand in for each other.</summary>
    private static int Minor(CudaVariant variant) => variant.Major == 13 ? 0 : 8;
}
