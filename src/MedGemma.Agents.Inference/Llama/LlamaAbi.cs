using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MedGemma.Agents.Inference.Llama.Interop;
using MedGemma.Agents.Inference.Models.Gguf;

namespace MedGemma.Agents.Inference.Llama;

/// <summary>
/// Compares the libraries found with those that the binding was written for. A struct of another shape would not fail: it would be read wrongly.
/// </summary>
internal static unsafe class LlamaAbi
{
    /// <summary>The version of llama.cpp that the structs in <c>Interop</c> describe, as the library itself gives it.</summary>
    public const string Version = "0.5.0-dev";

    /// <summary>The version in the names of its files.</summary>
    public const string FileVersion = "0.5.0";

    /// <summary>The package that brings it.</summary>
    public const string Package = "@node-llama-cpp/linux-x64 3.22.1";

    private const int RoomForStruct = 1024;

    /// <summary>What does not fit; null when all does.</summary>
    /// <param name="found">The version that the library calls itself.</param>
    public static string? Mismatch(string found)
    {
        if (found != Version)
            return "the version is another";

        return Size<ModelParams>("llama_model_params", 80, ModelApi.WriteDefaultParams)
            ?? Size<ContextParams>("llama_context_params", 160, ContextApi.WriteDefaultParams)
            ?? Size<QuantizeParams>("llama_model_quantize_params", 64, ModelApi.WriteDefaultQuantizeParams)
            ?? Defaults(ModelApi.DefaultParams())
            ?? Defaults(ContextApi.DefaultParams());
    }

    private delegate void Writer(byte* target);

    // The library writes its own size whatever we think; two fillings show which bytes it has written.
    private static string? Size<T>(string name, int expected, Writer write)
        where T : unmanaged
    {
        var first = stackalloc byte[RoomForStruct];
        var second = stackalloc byte[RoomForStruct];
        Unsafe.InitBlock(first, 0x5A, RoomForStruct);
        Unsafe.InitBlock(second, 0xA5, RoomForStruct);
        write(first);
        write(second);
        var written = RoomForStruct;
        while (written > 0 && first[written - 1] != second[written - 1])
            written--;

        var size = (written + sizeof(nint) - 1) / sizeof(nint) * sizeof(nint);
        return size == expected && sizeof(T) == expected
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{name} has {size} bytes instead of {expected}");
    }

    private static string? Defaults(ModelParams found) =>
        found is { GpuLayers: -1, SplitMode: 1, LoadMode: LoadMode.Auto, LazyMode: 1, MainGpu: 0, VocabOnly: 0, UseExtraBufferTypes: 1, NoHost: 0, NoAlloc: 0, LoadMtp: 0 }
            ? null
            : "the defaults of llama_model_params are others";

    private static string? Defaults(ContextParams found) =>
        found is
        {
            ContextLength: 512, BatchSize: 2048, MicroBatchSize: 512, MaxSequences: 1, MaxOutputs: 0, MaxOutputsPerSequence: 1, Threads: 4, BatchThreads: 4,
            FlashAttention: FlashAttention.Auto, YarnExtFactor: -1, DefragThreshold: -1, KeyType: GgmlType.F16, ValueType: GgmlType.F16,
            Embeddings: 0, OffloadKqv: 1, NoPerformance: 1, OpOffload: 1, FullWindow: 1, UnifiedKv: 0,
        }
            ? null
            : "the defaults of llama_context_params are others";

    /// <summary>The version that the library calls itself.</summary>
    public static string Found() => Marshal.PtrToStringUTF8((nint)BackendApi.Version()) ?? "";
}
