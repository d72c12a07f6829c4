using System.Runtime.InteropServices;
using MedGemma.Agents.Inference.Llama.Interop;

namespace MedGemma.Agents.Inference.Vision.Interop;

/// <summary>Tensors and the operations that a vision tower is made of (<c>ggml.h</c>). Shapes have the row length first.</summary>
internal static partial class TensorApi
{
    internal const int Float = 0;
    internal const int PoolAverage = 1;

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_init")]
    internal static partial nint Init(ContextMemory memory);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_free")]
    internal static partial void Free(nint context);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_tensor_overhead")]
    internal static partial nuint Overhead();

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_new_tensor_2d")]
    internal static partial nint New(nint context, int type, long length, long rows);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_set_input")]
    internal static partial void SetInput(nint tensor);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_set_output")]
    internal static partial void SetOutput(nint tensor);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_add")]
    internal static partial nint Add(nint context, nint left, nint right);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_mul")]
    internal static partial nint Multiply(nint context, nint left, nint right);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_mul_mat")]
    internal static partial nint MultiplyMatrix(nint context, nint matrix, nint columns);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_norm")]
    internal static partial nint Norm(nint context, nint tensor, float epsilon);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_rms_norm")]
    internal static partial nint RmsNorm(nint context, nint tensor, float epsilon);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_gelu")]
    internal static partial nint Gelu(nint context, nint tensor);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_soft_max_ext")]
    internal static partial nint SoftMax(nint context, nint tensor, nint mask, float scale, float maxBias);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_view_3d")]
    internal static partial nint View(nint context, nint tensor, long length, long rows, long slices, nuint rowBytes, nuint sliceBytes, nuint offset);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_permute")]
    internal static partial nint Permute(nint context, nint tensor, int first, int second, int third, int fourth);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_cont_4d")]
    internal static partial nint Copy(nint context, nint tensor, long length, long rows, long slices, long blocks);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_concat")]
    internal static partial nint Concat(nint context, nint first, nint second, int dimension);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_pool_2d")]
    internal static partial nint Pool(nint context, nint tensor, int kind, int width, int height, int stepX, int stepY, float paddingX, float paddingY);

    [LibraryImport(NativeNames.GgmlBase, EntryPoint = "ggml_reshape_2d")]
    internal static partial nint Reshape(nint context, nint tensor, long length, long rows);
}
