using MedGemma.Agents.Inference.Llama;
using MedGemma.Agents.Inference.Vision.Interop;

namespace MedGemma.Agents.Inference.Vision;

/// <summary>A ggml context: it holds descriptions of tensors, and none of their values.</summary>
internal sealed class TensorContext : IDisposable
{
    /// <summary>Makes room for so many tensors, and for a graph.</summary>
    public TensorContext(int tensors, int graphSize = 0)
    {
        var size = TensorApi.Overhead() * (nuint)tensors;
        if (graphSize > 0)
            size += GraphApi.Overhead((nuint)graphSize, gradients: false);
        Handle = TensorApi.Init(new ContextMemory { Size = size, NoAllocation = 1 });
        if (Handle == 0)
            throw new LlamaException("The engine could not make room for the descriptions of tensors");
    }

    public nint Handle { get; private set; }

    public void Dispose()
    {
        if (Handle != 0)
            TensorApi.Free(Handle);
        Handle = 0;
    }
}
