using System.Runtime.InteropServices;

namespace MedGemma.Agents.Inference.Llama.Interop;

/// <summary><c>llama_batch</c>, 56 bytes: either tokens or embeddings, with position, sequences and whether logits are wanted for each.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct BatchView
{
    public int Count;
    public int* Tokens;
    public float* Embeddings;
    public int* Positions;
    public int* SequenceCounts;
    public int** Sequences;
    public byte* Outputs;
}
