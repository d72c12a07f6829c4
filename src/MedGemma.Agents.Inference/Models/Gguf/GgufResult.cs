namespace MedGemma.Agents.Inference.Models.Gguf;

/// <summary>What came of reading a GGUF file.</summary>
public abstract record GgufResult
{
    private GgufResult()
    {
    }

    /// <summary>The file is whole as far as it can be told without its tensors' values.</summary>
    /// <param name="Contents">What it says of itself.</param>
    public sealed record Read(GgufContents Contents) : GgufResult;

    /// <summary>The file is not used.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(ModelRefusal Refusal) : GgufResult;
}
