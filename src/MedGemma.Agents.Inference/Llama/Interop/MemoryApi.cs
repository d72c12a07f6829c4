using System.Runtime.InteropServices;

namespace MedGemma.Agents.Inference.Llama.Interop;

/// <summary>The key and value cache, by sequence. Positions are half-open ranges; -1 leaves an end open.</summary>
internal static unsafe partial class MemoryApi
{
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_get_memory")]
    internal static partial nint Of(LlamaContext context);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_memory_clear")]
    internal static partial void Clear(nint memory, [MarshalAs(UnmanagedType.U1)] bool data);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_memory_seq_rm")]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool Remove(nint memory, int sequence, int from, int to);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_memory_seq_cp")]
    internal static partial void Copy(nint memory, int source, int target, int from, int to);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_memory_seq_pos_min")]
    internal static partial int FirstPosition(nint memory, int sequence);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_memory_seq_pos_max")]
    internal static partial int LastPosition(nint memory, int sequence);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_state_seq_get_size_ext")]
    internal static partial nuint StateSize(LlamaContext context, int sequence, uint flags);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_state_seq_get_data_ext")]
    internal static partial nuint SaveState(LlamaContext context, byte* target, nuint size, int sequence, uint flags);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_state_seq_set_data_ext")]
    internal static partial nuint RestoreState(LlamaContext context, byte* source, nuint size, int sequence, uint flags);
}
