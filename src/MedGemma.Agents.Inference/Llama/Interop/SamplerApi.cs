using System.Runtime.InteropServices;

namespace MedGemma.Agents.Inference.Llama.Interop;

/// <summary>The grammar sampler.</summary>
internal static unsafe partial class SamplerApi
{
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_sampler_init_grammar", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint CreateGrammar(nint vocabulary, string grammar, string root);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_sampler_clone")]
    internal static partial nint Clone(LlamaGrammar sampler);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_sampler_apply")]
    internal static partial void Apply(LlamaGrammar sampler, TokenDataArray* candidates);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_sampler_accept")]
    internal static partial void Accept(LlamaGrammar sampler, int token);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_sampler_free")]
    internal static partial void Free(nint sampler);
}
