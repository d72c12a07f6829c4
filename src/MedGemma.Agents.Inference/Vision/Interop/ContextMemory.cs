using System.Runtime.InteropServices;

namespace MedGemma.Agents.Inference.Vision.Interop;

/// <summary><c>ggml_init_params</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ContextMemory
{
    public nuint Size;
    public nint Buffer;
    public byte NoAllocation;
}
