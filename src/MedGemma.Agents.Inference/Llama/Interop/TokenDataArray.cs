using System.Runtime.InteropServices;

namespace MedGemma.Agents.Inference.Llama.Interop;

/// <summary><c>llama_token_data_array</c>, 32 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TokenDataArray
{
    public TokenData* Data;
    public nuint Size;
    public long Selected;
    public byte Sorted;
}
