using System.Runtime.InteropServices;
using System.Text;
using MedGemma.Agents.Inference.Llama.Interop;

namespace MedGemma.Agents.Inference.Llama;

/// <summary>
/// A model file in memory. Safe for concurrent calls, and for several contexts. Loading a file that is not what it says can end the process: check it before.
/// </summary>
public sealed unsafe class LlamaModel : SafeHandle
{
    private LlamaModel(nint handle)
        : base(0, ownsHandle: true)
    {
        SetHandle(handle);
        Vocabulary = new LlamaVocabulary(this, ModelApi.Vocabulary(this));
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The tokens.</summary>
    public LlamaVocabulary Vocabulary { get; }

    /// <summary>The longest context that the model was trained for, in tokens.</summary>
    public int TrainedContextLength => ModelApi.TrainedContextLength(this);

    /// <summary>Numbers in the embedding of one token.</summary>
    public int EmbeddingLength => ModelApi.EmbeddingLength(this);

    /// <summary>Layers.</summary>
    public int LayerCount => ModelApi.LayerCount(this);

    /// <summary>Positions that a local layer sees, its own included; 0 when every layer sees all.</summary>
    public int SlidingWindow => ModelApi.SlidingWindow(this);

    /// <summary>Bytes of all weights.</summary>
    public long Size => (long)ModelApi.Size(this);

    /// <summary>Loads a model.</summary>
    /// <param name="runtime">The started engine.</param>
    /// <param name="files">The file, or all shards in order.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="LlamaException">The engine refuses the file.</exception>
    /// <exception cref="ArgumentException">There is no such device.</exception>
    public static LlamaModel Load(LlamaRuntime runtime, IReadOnlyList<string> files, LlamaModelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        ArgumentNullException.ThrowIfNull(files);
        options ??= new LlamaModelOptions();
        var parameters = ModelApi.DefaultParams();
        parameters.GpuLayers = options.GpuLayers ?? -1;
        parameters.VocabOnly = options.VocabularyOnly ? (byte)1 : (byte)0;
        parameters.NoAlloc = options.NoAllocation ? (byte)1 : (byte)0;
        parameters.UseExtraBufferTypes = options.Repack ? (byte)1 : (byte)0;
        if (options.NoAllocation)
            parameters.LoadMode = LoadMode.None;

        nint[]? devices = options.Devices is null ? null : [.. options.Devices.Select(name => Device(runtime, name)), 0];
        fixed (nint* list = devices)
        {
            parameters.Devices = list;
            LlamaLog.ForgetErrors();
            var handle = files.Count == 1 ? ModelApi.Load(files[0], parameters) : LoadSplits(files, parameters);
            return handle == 0 ? throw new LlamaException($"The engine refuses the model file {files[0]}") : new LlamaModel(handle);
        }
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        ModelApi.Free(handle);
        return true;
    }

    private static nint Device(LlamaRuntime runtime, string name) =>
        runtime.Devices.FirstOrDefault(device => device.Name == name)?.Handle
        ?? throw new ArgumentException($"There is no device {name}; there are {string.Join(", ", runtime.Devices.Select(device => device.Name))}.", nameof(name));

    private static nint LoadSplits(IReadOnlyList<string> files, ModelParams parameters)
    {
        var names = files.Select(file => Encoding.UTF8.GetBytes(file + "\0")).ToArray();
        var pins = names.Select(name => GCHandle.Alloc(name, GCHandleType.Pinned)).ToArray();
        try
        {
            var pointers = pins.Select(pin => pin.AddrOfPinnedObject()).ToArray();
            fixed (nint* first = pointers)
                return ModelApi.LoadSplits((byte**)first, (nuint)files.Count, parameters);
        }
        finally
        {
            foreach (var pin in pins)
                pin.Free();
        }
    }
}
