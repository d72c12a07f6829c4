using System.Runtime.InteropServices;

namespace MedGemma.Agents.Inference.Llama.Interop;

/// <summary><c>llama_model_params</c> of llama.cpp 0.5.0, 80 bytes; fields in its order, under its names' meaning.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ModelParams
{
    public nint* Devices;
    public void* TensorBufferOverrides;
    public int GpuLayers;
    public int SplitMode;
    public LoadMode LoadMode;
    public int LazyMode;
    public int MainGpu;
    public float* TensorSplit;
    public void* ProgressCallback;
    public void* ProgressCallbackUserData;
    public void* KvOverrides;
    public byte VocabOnly;
    public byte CheckTensors;
    public byte UseExtraBufferTypes;
    public byte NoHost;
    public byte NoAlloc;
    public byte LoadMtp;
}
