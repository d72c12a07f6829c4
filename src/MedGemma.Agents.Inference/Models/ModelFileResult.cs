namespace MedGemma.Agents.Inference.Models;

/// <summary>What came of looking at a model file, or at all files of one model.</summary>
/// <typeparam name="T">The kind of file looked for, or <see cref="ModelFileSet"/>.</typeparam>
public abstract record ModelFileResult<T>
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
