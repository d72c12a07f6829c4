using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MedGemma.Agents.Inference.Llama.Interop;
using MedGemma.Agents.Inference.Models.Gguf;

namespace MedGemma.Agents.Inference.Llama;

/// <summary>A model at work: a key and value cache and the sequences in it. Not safe for concurrent calls, but for <see cref="Abort"/>: one thread owns it.</summary>
public sealed unsafe class LlamaContext : SafeHandle
{
    private readonly LlamaModel _model;

    // Pinned, so that it can be set while the context is being freed on another thread.
    private readonly byte[] _abort = GC.AllocateArray<byte>(1, pinned: true);

    private LlamaContext(LlamaModel model, nint handle, LlamaContextOptions options)
        : base(0, ownsHandle: true)
    {
        SetHandle(handle);
        _model = model;
        ContextApi.SetAbortCallback(this, &Aborted, Unsafe.AsPointer(ref _abort[0]));
        Memory = new LlamaMemory(this);
        Options = options;
        VocabularySize = model.Vocabulary.Count;
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>What it was created with.</summary>
    public LlamaContextOptions Options { get; }

    /// <summary>The cache.</summary>
    public LlamaMemory Memory { get; }

    /// <summary>Cells of the cache, which may be a few more than asked for.</summary>
    public int Cells => (int)ContextApi.ContextLength(this);

    /// <summary>Logits of one output.</summary>
    public int VocabularySize { get; }

    /// <summary>Creates a context.</summary>
    /// <exception cref="LlamaException">There is not enough memory, or the engine refuses the options.</exception>
    public static LlamaContext Create(LlamaModel model, LlamaContextOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        var parameters = ContextApi.DefaultParams();
        parameters.ContextLength = (uint)options.Cells;
        parameters.BatchSize = (uint)options.BatchSize;
        parameters.MicroBatchSize = (uint)options.MicroBatchSize;
        parameters.MaxSequences = (uint)options.Sequences;
        parameters.Threads = options.Threads;
        parameters.BatchThreads = options.Threads;
        parameters.FullWindow = options.FullWindow ? (byte)1 : (byte)0;
        parameters.UnifiedKv = 1;
        parameters.KeyType = parameters.ValueType = options.QuantizedCache ? GgmlType.Q8_0 : GgmlType.F16;
        if (options.QuantizedCache)
            parameters.FlashAttention = FlashAttention.Enabled;

        var held = false;
        model.DangerousAddRef(ref held);
        LlamaLog.ForgetErrors();
        var handle = ContextApi.Create(model, parameters);
        if (handle != 0)
            return new LlamaContext(model, handle, options);

        model.DangerousRelease();
        throw new LlamaException($"The engine refuses a context of {options.Cells} cells and {options.Sequences} sequences");
    }

    /// <summary>Computes a batch and puts its tokens into the cache.</summary>
    public DecodeStatus Decode(LlamaBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        LlamaLog.ForgetErrors();
        return ContextApi.Decode(this, batch.View()) switch
        {
            0 => DecodeStatus.Done,
            1 => DecodeStatus.NoRoom,
            2 => DecodeStatus.Aborted,
            var code => throw new LlamaException($"The engine could not compute a batch of {batch.Count} tokens (code {code})"),
        };
    }

    /// <summary>The logits after a token of the last batch that was marked as output; valid until the next one.</summary>
    /// <param name="index">The token's place in the batch.</param>
    public Span<float> Logits(int index)
    {
        var logits = ContextApi.Logits(this, index);
        return logits == null ? throw new InvalidOperationException($"Token {index} of the last batch is no output.") : new Span<float>(logits, VocabularySize);
    }

    /// <summary>Whether tokens of one batch see only those before them, as text does, or each other too, as parts of an image do.</summary>
    public void SetCausalAttention(bool causal) => ContextApi.SetCausalAttention(this, causal);

    /// <summary>Uses one adapter, or none, from the next batch on.</summary>
    public void SetAdapter(LlamaAdapter? adapter)
    {
        var handle = adapter?.DangerousGetHandle() ?? 0;
        var scale = 1f;
        LlamaLog.ForgetErrors();
        if (AdapterApi.Set(this, &handle, adapter is null ? 0u : 1u, &scale) != 0)
            throw new LlamaException("The engine refuses the adapter");
    }

    /// <summary>Ends the batch under way, and every later one, as soon as may be. May be called on any thread.</summary>
    public void Abort() => Volatile.Write(ref _abort[0], 1);

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        ContextApi.Free(handle);
        _model.DangerousRelease();
        return true;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte Aborted(void* flag) => Volatile.Read(ref *(byte*)flag);
}
