using System.Runtime.InteropServices;

namespace MedGemma.Agents.Inference.Llama.Interop;

/// <summary>Model files.</summary>
internal static unsafe partial class ModelApi
{
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_model_default_params")]
    internal static partial ModelParams DefaultParams();

    /// <summary>As the calling convention of x64 Linux passes a returned struct, so that its size can be seen.</summary>
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_model_default_params")]
    internal static partial void WriteDefaultParams(byte* target);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_model_load_from_file", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint Load(string path, ModelParams parameters);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_model_load_from_splits")]
    internal static partial nint LoadSplits(byte** paths, nuint count, ModelParams parameters);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_model_free")]
    internal static partial void Free(nint model);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_model_n_ctx_train")]
    internal static partial int TrainedContextLength(LlamaModel model);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_model_n_embd")]
    internal static partial int EmbeddingLength(LlamaModel model);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_model_n_layer")]
    internal static partial int LayerCount(LlamaModel model);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_model_n_swa")]
    internal static partial int SlidingWindow(LlamaModel model);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_model_size")]
    internal static partial ulong Size(LlamaModel model);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_model_get_vocab")]
    internal static partial nint Vocabulary(LlamaModel model);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_model_quantize_default_params")]
    internal static partial QuantizeParams DefaultQuantizeParams();

    /// <summary>As the calling convention of x64 Linux passes a returned struct, so that its size can be seen.</summary>
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_model_quantize_default_params")]
    internal static partial void WriteDefaultQuantizeParams(byte* target);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_model_quantize", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial uint Quantize(string input, string output, QuantizeParams* parameters);
}
