using System.Runtime.InteropServices;

namespace MedGemma.Agents.Inference.Llama.Interop;

/// <summary>Start-up, versions, logs, backends and devices.</summary>
internal static unsafe partial class BackendApi
{
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_version")]
    internal static partial byte* Version();

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_backend_init")]
    internal static partial void Init();

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_log_set")]
    internal static partial void SetLog(delegate* unmanaged[Cdecl]<int, byte*, void*, void> callback, void* userData);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_set_abort_callback")]
    internal static partial nint SetAbort(delegate* unmanaged[Cdecl]<byte*, void> callback);

    /// <summary>The environment that native libraries see; .NET's own is a copy.</summary>
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SetEnvironment(string name, string value, int overwrite);

    [LibraryImport(NativeNames.Ggml, EntryPoint = "ggml_backend_load_all_from_path", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void LoadAll(string folder);

    [LibraryImport(NativeNames.Ggml, EntryPoint = "ggml_backend_load", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint Load(string path);

    [LibraryImport(NativeNames.Ggml, EntryPoint = "ggml_backend_dev_count")]
    internal static partial nuint DeviceCount();

    [LibraryImport(NativeNames.Ggml, EntryPoint = "ggml_backend_dev_get")]
    internal static partial nint Device(nuint index);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_backend_dev_name")]
    internal static partial byte* DeviceName(nint device);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_backend_dev_description")]
    internal static partial byte* DeviceDescription(nint device);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_backend_dev_type")]
    internal static partial int DeviceType(nint device);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_backend_dev_memory")]
    internal static partial void DeviceMemory(nint device, nuint* free, nuint* total);
}
