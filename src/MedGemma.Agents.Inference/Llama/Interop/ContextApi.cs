using System.Runtime.InteropServices;

namespace MedGemma.Agents.Inference.Llama.Interop;

/// <summary>Contexts, decoding and logits.</summary>
internal static unsafe partial class ContextApi
{
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_context_default_params")]
    internal static partial ContextParams DefaultParams();

    /// <summary>As the calling convention of x64 Linux passes a returned struct, so that its size can be seen.</summary>
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_context_default_params")]
    internal static partial void WriteDefaultParams(byte* target);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_init_from_model")]
    internal static partial nint Create(LlamaModel model, ContextParams parameters);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_free")]
    internal static partial void Free(nint context);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_n_ctx")]
    internal static partial uint ContextLength(LlamaContext context);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_n_batch")]
    internal static partial uint BatchSize(LlamaContext context);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_decode")]
    internal static partial int Decode(LlamaContext context, BatchView batch);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_synchronize")]
    internal static partial void Synchronize(LlamaContext context);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_get_logits_ith")]
    internal static partial float* Logits(LlamaContext context, int index);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_set_causal_attn")]
    internal static partial void SetCausalAttention(LlamaContext context, [MarshalAs(UnmanagedType.U1)] bool causal);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_set_abort_callback")]
    internal static partial void SetAbortCallback(LlamaContext context, delegate* unmanaged[Cdecl]<void*, byte> callback, void* userData);
}
