using System.IO.MemoryMappedFiles;
using MedGemma.Agents.Inference.Llama;
using MedGemma.Agents.Inference.Models;
using MedGemma.Agents.Inference.Models.Gguf;
using MedGemma.Agents.Inference.Vision.Interop;

namespace MedGemma.Agents.Inference.Vision;

/// <summary>
/// The weights of a vision file as ggml tensors. For the processor they stay in the mapped file; for a GPU they are copied to it. The embeddings and the projection,
/// which are small, are turned into 32-bit floating point; the projection is turned over, as ggml multiplies by rows.
/// </summary>
internal sealed unsafe class TowerWeights : IDisposable
{
    private const string Patches = "v.patch_embd.weight";
    private const string Positions = "v.position_embd.weight";
    private const string Projection = "mm.input_projection.weight";

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly TensorContext _stored;
    private readonly TensorContext _made;
    private readonly Dictionary<string, nint> _tensors = new(StringComparer.Ordinal);
    private readonly List<nint> _buffers = [];
    private byte* _start;

    public TowerWeights(VisionFile file, LlamaDevice device, nint backend)
    {
        _stored = new TensorContext(file.Tensors.Count);
        _made = new TensorContext(3);
        _file = MemoryMappedFile.CreateFromFile(file.Path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        try
        {
            Fill(file, device, backend);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The tensor of a name.</summary>
    public nint this[string name] => _tensors[name];

    private void Fill(VisionFile file, LlamaDevice device, nint backend)
    {
        var stored = file.Tensors.Values.Where(tensor => tensor.Name is not (Patches or Positions or Projection)).ToList();
        foreach (var tensor in stored)
            _tensors[tensor.Name] = TensorApi.New(_stored.Handle, (int)tensor.Type, tensor.Shape[0], tensor.Shape[1]);
        if (device.Kind == LlamaDeviceKind.Cpu)
            PlaceInFile(stored);
        else
            CopyTo(backend, stored);
        Make(file, backend);
        foreach (var buffer in _buffers)
            GraphApi.SetUsage(buffer, GraphApi.UsageWeights);
    }

    public void Dispose()
    {
        foreach (var buffer in _buffers)
            GraphApi.FreeBuffer(buffer);
        _buffers.Clear();
        _stored.Dispose();
        _made.Dispose();
        if (_start != null)
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _start = null;
        _view.Dispose();
        _file.Dispose();
    }

    private void PlaceInFile(List<GgufTensor> stored)
    {
        var buffer = GraphApi.BufferOver(_start, (nuint)_view.Capacity);
        _buffers.Add(buffer);
        foreach (var tensor in stored)
        {
            if (GraphApi.Place(buffer, _tensors[tensor.Name], _start + tensor.Position) != GraphApi.Success)
                throw new InvalidOperationException($"The engine does not take the tensor {tensor.Name} where it lies.");
        }
    }

    private void CopyTo(nint backend, List<GgufTensor> stored)
    {
        AddBuffer(_stored, backend);
        foreach (var tensor in stored)
            GraphApi.Set(_tensors[tensor.Name], _start + tensor.Position, 0, (nuint)tensor.Bytes);
    }

    private void Make(VisionFile file, nint backend)
    {
        var shape = file.Architecture;
        var values = new (string Name, int Length, float[] Numbers)[]
        {
            (Patches, 3 * shape.PatchSize * shape.PatchSize, Numbers(file.Tensors[Patches])),
            (Positions, shape.Embedding, Numbers(file.Tensors[Positions])),
            (Projection, shape.Embedding, WeightNumbers.Transposed(Numbers(file.Tensors[Projection]), shape.Projection)),
        };
        foreach (var (name, length, numbers) in values)
            _tensors[name] = TensorApi.New(_made.Handle, TensorApi.Float, length, numbers.Length / length);
        AddBuffer(_made, backend);
        foreach (var (name, _, numbers) in values)
        {
            fixed (float* first = numbers)
                GraphApi.Set(_tensors[name], first, 0, (nuint)numbers.Length * sizeof(float));
        }
    }

    private float[] Numbers(GgufTensor tensor) => WeightNumbers.Read(tensor.Type, new ReadOnlySpan<byte>(_start + tensor.Position, checked((int)tensor.Bytes)));

    private void AddBuffer(TensorContext context, nint backend)
    {
        var buffer = GraphApi.Allocate(context.Handle, backend);
        if (buffer == 0)
            throw new LlamaException("There is not enough memory for the vision file");
        _buffers.Add(buffer);
    }
}
