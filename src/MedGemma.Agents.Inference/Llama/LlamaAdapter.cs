using System.Runtime.InteropServices;
using MedGemma.Agents.Inference.Llama.Interop;

namespace MedGemma.Agents.Inference.Llama;

/// <summary>A LoRA adapter of a model.</summary>
public sealed class LlamaAdapter : SafeHandle
{
    private readonly LlamaModel _model;

    private LlamaAdapter(LlamaModel model, nint handle)
        : base(0, ownsHandle: true)
    {
        SetHandle(handle);
        _model = model;
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Loads an adapter.</summary>
    /// <exception cref="LlamaException">It is no adapter of this model.</exception>
    public static LlamaAdapter Load(LlamaModel model, string file)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(file);
        var held = false;
        model.DangerousAddRef(ref held);
        LlamaLog.ForgetErrors();
        var handle = AdapterApi.Load(model, file);
        if (handle != 0)
            return new LlamaAdapter(model, handle);

        model.DangerousRelease();
        throw new LlamaException($"The engine refuses the adapter file {file}");
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        AdapterApi.Free(handle);
        _model.DangerousRelease();
        return true;
    }
}
