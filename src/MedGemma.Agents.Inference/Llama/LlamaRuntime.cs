using System.Runtime.InteropServices;
using MedGemma.Agents.Inference.Llama.Interop;
using Microsoft.Extensions.Logging;

namespace MedGemma.Agents.Inference.Llama;

/// <summary>
/// The native engine of this process: found, checked and started once, because its libraries, backends and log are one for the whole process.
/// Safe for concurrent calls. An assertion that fails in the engine ends the process.
/// </summary>
public sealed partial class LlamaRuntime
{
    private static readonly Lock s_gate = new();
    private static LlamaRuntime? s_started;
    private static bool s_resolves;

    private LlamaRuntime(string folder, string? cpuLibrary, CudaVariant? loaded)
    {
        Folder = folder;
        ChosenCpuLibrary = cpuLibrary;
        Cuda = Variants(folder);
        LoadedCuda = loaded;
        Devices = [.. Enumerable.Range(0, (int)BackendApi.DeviceCount()).Select(index => new LlamaDevice(BackendApi.Device((nuint)index)))];
    }

    /// <summary>Where the libraries lie.</summary>
    public string Folder { get; }

    /// <summary>Version of llama.cpp.</summary>
    public string Version { get; } = LlamaAbi.Version;

    /// <summary>The library for the processor that was asked for, or null where the engine chose.</summary>
    public string? ChosenCpuLibrary { get; }

    /// <summary>What can be computed on, in the engine's order.</summary>
    public IReadOnlyList<LlamaDevice> Devices { get; }

    /// <summary>The CUDA backends that there are, newest first, and what each lacks.</summary>
    public IReadOnlyList<CudaVariant> Cuda { get; }

    /// <summary>The CUDA backend in use, or null.</summary>
    public CudaVariant? LoadedCuda { get; }

    /// <summary>Starts the engine, or gives the one that was started before.</summary>
    /// <param name="logger">Takes the engine's log from now on.</param>
    /// <param name="cpuLibrary">The library for the processor by name (<see cref="CpuLibrary"/>); null for the engine's own choice, or the one that it was started with.</param>
    /// <exception cref="EngineUnavailableException">The libraries are missing, not those that this software was written for, or not for this processor.</exception>
    /// <exception cref="InvalidOperationException">It was started with another library before.</exception>
    public static LlamaRuntime Start(ILogger logger, string? cpuLibrary = null)
    {
        ArgumentNullException.ThrowIfNull(logger);
        lock (s_gate)
        {
            LlamaLog.Use(logger);
            s_started ??= StartOnce(logger, Path.Combine(AppContext.BaseDirectory, "natives", "linux-x64"), cpuLibrary);
            return cpuLibrary is null || cpuLibrary == s_started.ChosenCpuLibrary
                ? s_started
                : throw new InvalidOperationException($"The engine of this process was started with another library for the processor than {cpuLibrary}.");
        }
    }

    /// <summary>The libraries for the processor that there are, the engine's own choice first.</summary>
    public IReadOnlyList<CpuLibrary> CpuLibraries() => CpuLibrary.All(Folder);

    private static LlamaRuntime StartOnce(ILogger logger, string folder, string? cpuLibrary)
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
            throw new EngineUnavailableException("The native engine runs on x64 Linux only; models elsewhere can be reached over the OpenAI protocol.");

        if (!s_resolves)
            NativeLibrary.SetDllImportResolver(typeof(LlamaRuntime).Assembly, (name, _, _) => Resolve(folder, name));
        s_resolves = true;

        LlamaAbort.LeaveNoTrace();
        string found;
        try
        {
            found = LlamaAbi.Found();
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            throw new EngineUnavailableException($"The native engine, llama.cpp {LlamaAbi.Version} of the npm package {LlamaAbi.Package}, was not found in {folder}.", exception);
        }

        if (LlamaAbi.Mismatch(found) is { } mismatch)
            throw new EngineUnavailableException($"The native engine in {folder} is llama.cpp {found}, but {LlamaAbi.Version} of the npm package {LlamaAbi.Package} is needed: {mismatch}.");

        LlamaLog.Attach();
        LlamaAbort.Attach();
        BackendApi.Init();
        LoadCpu(folder, cpuLibrary);
        var usable = Variants(folder).FirstOrDefault(variant => variant.Usable);
        var loaded = usable is not null && BackendApi.Load(CudaFile(folder, usable.Major)) != 0 ? usable : null;
        var runtime = new LlamaRuntime(folder, cpuLibrary, loaded);
        var devices = string.Join(", ", runtime.Devices.Select(device => $"{device.Name} ({device.Description})"));
        Started(logger, runtime.Version, devices, loaded?.Major);
        return runtime;
    }

    private static void LoadCpu(string folder, string? name)
    {
        if (name is null)
        {
            BackendApi.LoadAll(folder);
            return;
        }

        var usable = CpuLibrary.All(folder).Where(library => library.Usable).Select(library => library.Name).ToList();
        if (!usable.Contains(name) || BackendApi.Load(CpuLibrary.File(folder, name)) == 0)
            throw new EngineUnavailableException($"There is no library '{name}' for this processor in {folder}; these can run here: {string.Join(", ", usable)}.");
    }

    private static nint Resolve(string folder, string name) =>
        name is NativeNames.Llama or NativeNames.Ggml or NativeNames.GgmlBase
            ? NativeLibrary.Load(Path.Combine(folder, name == NativeNames.GgmlBase ? "libggml-base.so" : $"lib{name}.v{LlamaAbi.FileVersion}.so"))
            : 0;

    // ggml-base is the same in all packages, so that the CUDA backends fit the libraries of the CPU package.
    private static IReadOnlyList<CudaVariant> Variants(string folder) =>
        [.. new[] { 13, 12 }.Select(major => new CudaVariant(
            major,
            File.Exists(CudaFile(folder, major)),
            [.. new[] { "libcuda.so.1", $"libcudart.so.{major}", $"libcublas.so.{major}" }.Where(library => !Loads(library))]))];

    private static string CudaFile(string folder, int major) => Path.Combine(folder, $"libggml-cuda.{major}.so");

    private static bool Loads(string library)
    {
        if (!NativeLibrary.TryLoad(library, out var handle))
            return false;

        NativeLibrary.Free(handle);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "llama.cpp {Version} runs on {Devices}; CUDA backend: {CudaMajor}")]
    private static partial void Started(ILogger logger, string version, string devices, int? cudaMajor);
}
