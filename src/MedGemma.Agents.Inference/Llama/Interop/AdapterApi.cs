using System.Runtime.InteropServices;

namespace MedGemma.Agents.Inference.Llama.Interop;

/// <summary>LoRA adapters.</summary>
internal static unsafe partial class AdapterApi
{
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_adapter_lora_init", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint Load(LlamaModel model, string path);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_adapter_lora_free")]
    internal static partial void Free(nint adapter);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_set_adapters_lora")]
    internal static partial int Set(LlamaContext context, nint* adapters, nuint count, float* scales);
}
