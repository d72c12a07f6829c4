using System.Runtime.InteropServices;
using MedGemma.Agents.Inference.Llama.Interop;

namespace MedGemma.Agents.Inference.Llama;

/// <summary>A device that the engine can compute on.</summary>
public sealed unsafe class LlamaDevice
{
    internal LlamaDevice(nint handle)
    {
        Handle = handle;
        Name = Marshal.PtrToStringUTF8((nint)BackendApi.DeviceName(handle)) ?? "";
        Description = Marshal.PtrToStringUTF8((nint)BackendApi.DeviceDescription(handle)) ?? "";
        Kind = (LlamaDeviceKind)BackendApi.DeviceType(handle);
    }

    /// <summary>The engine's name of it, such as <c>CPU</c> or <c>CUDA0</c>.</summary>
    public string Name { get; }

    /// <summary>The maker's name of it.</summary>
    public string Description { get; }

    /// <summary>What kind it is.</summary>
    public LlamaDeviceKind Kind { get; }

    internal nint Handle { get; }

    /// <summary>Memory of the device in bytes, free at this moment and in all.</summary>
    public (long Free, long Total) Memory()
    {
        nuint free = 0;
        nuint total = 0;
        BackendApi.DeviceMemory(Handle, &free, &total);
        return ((long)free, (long)total);
    }
}
