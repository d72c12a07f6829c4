using System.Runtime.InteropServices;

namespace MedGemma.Agents.Inference.Llama.Interop;

/// <summary><c>llama_model_quantize_params</c> of llama.cpp 0.5.0, 64 bytes; fields in its order.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct QuantizeParams
{
    public int Threads;
    public int FileType;
    public int OutputTensorType;
    public int TokenEmbeddingType;
    public byte AllowRequantize;
    public byte QuantizeOutputTensor;
    public byte OnlyCopy;
    public byte Pure;
    public byte KeepSplit;
    public byte DryRun;
    public void* Imatrix;
    public void* KvOverrides;
    public void* TensorOverrides;
    public int* PruneLayers;
    public nuint MaxBufferSize;
}
