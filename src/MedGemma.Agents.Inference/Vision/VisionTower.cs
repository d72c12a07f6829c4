using MedGemma.Agents.Imaging;
using MedGemma.Agents.Inference.Llama;
using MedGemma.Agents.Inference.Models;
using MedGemma.Agents.Inference.Vision.Interop;

namespace MedGemma.Agents.Inference.Vision;

/// <summary>
/// A vision file at work: makes soft tokens of images, on ggml. The graph is ours, because llama.cpp has it in C++ only; the numbers are those of llama.cpp's own.
/// Not safe for concurrent calls. On a GPU it has never been run by us.
/// </summary>
public sealed unsafe class VisionTower : IDisposable
{
    private readonly TowerWeights _weights;
    private readonly TowerGraph _graph;
    private readonly float[] _patches;
    private nint _backend;
    private nint _allocator;

    private VisionTower(VisionFile file, LlamaDevice device, int threads, long mostScoreBytes)
    {
        File = file;
        _backend = GraphApi.StartBackend(device.Handle, 0);
        if (_backend == 0)
            throw new LlamaException($"The engine does not start on {device.Name}");
        SetThreads(device, threads);
        try
        {
            _weights = new TowerWeights(file, device, _backend);
            _graph = new TowerGraph(file.Architecture, _weights, mostScoreBytes);
            _allocator = GraphApi.NewAllocator(GraphApi.BufferType(_backend));
            if (!GraphApi.AllocateGraph(_allocator, _graph.Handle))
                throw new LlamaException("There is not enough memory for the intermediate values of images");
        }
        catch
        {
            Dispose();
            throw;
        }

        _patches = new float[3 * file.Architecture.ImageSize * file.Architecture.ImageSize];
    }

    /// <summary>The file.</summary>
    public VisionFile File { get; }

    /// <summary>What its intermediate values take, in bytes.</summary>
    public long ComputeBytes => (long)GraphApi.AllocatedBytes(_allocator, 0);

    /// <summary>Loads a vision file.</summary>
    /// <param name="runtime">The started engine.</param>
    /// <param name="file">The file, looked at before.</param>
    /// <param name="threads">Threads of the processor.</param>
    /// <param name="device">The name of the device (<see cref="LlamaDevice.Name"/>); null for the processor.</param>
    /// <exception cref="LlamaException">There is not enough memory.</exception>
    /// <exception cref="ArgumentException">There is no such device.</exception>
    public static VisionTower Load(LlamaRuntime runtime, VisionFile file, int threads, string? device = null) =>
        Load(runtime, file, threads, device, TowerGraph.MostScoreBytes);

    internal static VisionTower Load(LlamaRuntime runtime, VisionFile file, int threads, string? device, long mostScoreBytes)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        ArgumentNullException.ThrowIfNull(file);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        var found = runtime.Devices.FirstOrDefault(other => device is null ? other.Kind == LlamaDeviceKind.Cpu : other.Name == device)
            ?? throw new ArgumentException($"There is no device {device}.", nameof(device));
        return new VisionTower(file, found, threads, mostScoreBytes);
    }

    /// <summary>Makes the soft tokens of an image.</summary>
    /// <param name="image">The image, prepared in the size of the file.</param>
    /// <returns>Token after token, each as wide as the text model.</returns>
    /// <exception cref="ArgumentException">The image has another size.</exception>
    public float[] Encode(PixelTensor image)
    {
        ArgumentNullException.ThrowIfNull(image);
        ObjectDisposedException.ThrowIf(_backend == 0, this);
        var shape = File.Architecture;
        if (image.Size != shape.ImageSize)
            throw new ArgumentException($"The image has {image.Size} pixels a side, the tower takes {shape.ImageSize}.", nameof(image));

        Cut(image.Values.Span, shape);
        var tokens = new float[shape.Tokens * shape.Projection];
        fixed (float* first = _patches)
            GraphApi.Set(_graph.Input, first, 0, (nuint)_patches.Length * sizeof(float));
        if (GraphApi.Compute(_backend, _graph.Handle) is var status && status != GraphApi.Success)
            throw new LlamaException($"The engine could not compute an image (code {status})");
        fixed (float* first = tokens)
            GraphApi.Get(_graph.Output, first, 0, (nuint)tokens.Length * sizeof(float));
        return tokens;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_backend == 0)
            return;

        if (_allocator != 0)
            GraphApi.FreeAllocator(_allocator);
        _graph?.Dispose();
        _weights?.Dispose();
        GraphApi.FreeBackend(_backend);
        (_backend, _allocator) = (0, 0);
    }

    private void SetThreads(LlamaDevice device, int threads)
    {
        var set = (delegate* unmanaged[Cdecl]<nint, int, void>)GraphApi.Function(GraphApi.Registration(device.Handle), "ggml_backend_set_n_threads");
        if (set != null)
            set(_backend, threads);
    }

    private void Cut(ReadOnlySpan<float> pixels, VisionArchitecture shape)
    {
        var (size, patch, side) = (shape.ImageSize, shape.PatchSize, shape.PatchesPerSide);
        var to = _patches.AsSpan();
        for (var row = 0; row < side; row++)
        {
            for (var column = 0; column < side; column++)
            {
                for (var line = 0; line < 3 * patch; line++)
                {
                    var from = (((line / patch * size) + (row * patch) + (line % patch)) * size) + (column * patch);
                    pixels.Slice(from, patch).CopyTo(to);
                    to = to[patch..];
                }
            }
        }
    }
}
