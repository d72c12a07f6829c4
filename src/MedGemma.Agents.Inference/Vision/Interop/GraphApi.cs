using System.Runtime.InteropServices;
using MedGemma.Agents.Inference.Llama.Interop;

namespace MedGemma.Agents.Inference.Vision.Interop;

/// <summary>Graphs of operations, where their tensors lie, and computing them (<c>ggml.h</c>, <c>ggml-alloc.h</c>, <c>ggml-backend.h</c>).</summary>
internal static unsafe partial class GraphApi
{
    internal const int Success = 0;
    internal const int UsageWeights = 1;

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_new_graph_custom")]
    internal static partial nint New(nint context, nuint size, [MarshalAs(UnmanagedType.I1)] bool gradients);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_graph_overhead_custom")]
    internal static partial nuint Overhead(nuint size, [MarshalAs(UnmanagedType.I1)] bool gradients);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_build_forward_expand")]
    internal static partial void Expand(nint graph, nint tensor);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_backend_dev_init")]
    internal static partial nint StartBackend(nint device, nint parameters);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_backend_free")]
    internal static partial void FreeBackend(nint backend);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_backend_dev_backend_reg")]
    internal static partial nint Registration(nint device);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_backend_reg_get_proc_address", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint Function(nint registration, string name);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_backend_get_default_buffer_type")]
    internal static partial nint BufferType(nint backend);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_backend_cpu_buffer_from_ptr")]
    internal static partial nint BufferOver(void* start, nuint size);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_backend_buffer_set_usage")]
    internal static partial void SetUsage(nint buffer, int usage);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_backend_buffer_free")]
    internal static partial void FreeBuffer(nint buffer);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_backend_tensor_alloc")]
    internal static partial int Place(nint buffer, nint tensor, void* address);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_backend_alloc_ctx_tensors")]
    internal static partial nint Allocate(nint context, nint backend);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_backend_tensor_set")]
    internal static partial void Set(nint tensor, void* data, nuint offset, nuint size);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_backend_tensor_get")]
    internal static partial void Get(nint tensor, void* data, nuint offset, nuint size);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_gallocr_new")]
    internal static partial nint NewAllocator(nint bufferType);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_gallocr_free")]
    internal static partial void FreeAllocator(nint allocator);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_gallocr_alloc_graph")]
    [return: MarshalAs(UnmanagedType.I1)]
    internal static partial bool AllocateGraph(nint allocator, nint graph);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_gallocr_get_buffer_size")]
    internal static partial nuint AllocatedBytes(nint allocator, int buffer);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_backend_graph_compute")]
    internal static partial int Compute(nint backend, nint graph);
}
