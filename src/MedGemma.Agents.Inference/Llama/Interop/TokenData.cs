using System.Runtime.InteropServices;

namespace MedGemma.Agents.Inference.Llama.Interop;

/// <summary><c>llama_token_data</c>, 12 bytes: a candidate for the next token.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TokenData
{
    public int Id;
    public float Logit;
    public float Probability;
}
