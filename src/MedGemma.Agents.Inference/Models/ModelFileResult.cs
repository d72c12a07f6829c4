namespace MedGemma.Agents.Inference.Models;

/// <summary>What came of looking at a model file.</summary>
/// <typeparam name="T">The kind of file looked for.</typeparam>
public abstract record ModelFileResult<T>
    where T : ModelFile
{
    private ModelFileResult()
    {
    }

    /// <summary>The engine can load it.</summary>
    /// <param name="File">What is in it.</param>
    public sealed record Accepted(T File) : ModelFileResult<T>;

    /// <summary>It is not used.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(ModelRefusal Refusal) : ModelFileResult<T>;
}
