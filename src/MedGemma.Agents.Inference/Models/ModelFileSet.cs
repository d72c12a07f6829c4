namespace MedGemma.Agents.Inference.Models;

/// <summary>The files of one model, which fit each other and which the native loader can be trusted with: on some others it ends the process.</summary>
public sealed record ModelFileSet
{
    private ModelFileSet(TextModelFile text, VisionFile? vision) => (Text, Vision) = (text, vision);

    /// <summary>The text model.</summary>
    public TextModelFile Text { get; }

    /// <summary>Its vision tower, or null.</summary>
    public VisionFile? Vision { get; }

    /// <summary>Looks at the files of a model without loading them.</summary>
    /// <param name="path">The text model; of a split one its first file.</param>
    /// <param name="visionPath">The vision file; null or empty for none.</param>
    /// <param name="adapterPaths">The LoRA adapters.</param>
    public static ModelFileResult<ModelFileSet> Read(string path, string? visionPath, IEnumerable<string> adapterPaths)
    {
        ArgumentNullException.ThrowIfNull(adapterPaths);
        var (text, refusal) = Split(ModelFileReader.ReadText(path));
        if (text is null)
            return new ModelFileResult<ModelFileSet>.Refused(refusal!);

        foreach (var adapterPath in adapterPaths)
        {
            (var adapter, refusal) = Split(ModelFileReader.ReadAdapter(adapterPath));
            if ((refusal ?? adapter!.Against(text)) is { } unfit)
                return new ModelFileResult<ModelFileSet>.Refused(unfit);
        }

        if (string.IsNullOrEmpty(visionPath))
            return new ModelFileResult<ModelFileSet>.Accepted(new ModelFileSet(text, null));

        (var vision, refusal) = Split(ModelFileReader.ReadVision(visionPath));
        return (refusal ?? vision!.Against(text)) is { } problem
            ? new ModelFileResult<ModelFileSet>.Refused(problem)
            : new ModelFileResult<ModelFileSet>.Accepted(new ModelFileSet(text, vision));
    }

    private static (T? File, ModelRefusal? Refusal) Split<T>(ModelFileResult<T> result)
        where T : ModelFile => result switch
        {
            ModelFileResult<T>.Accepted(var file) => (file, null),
            ModelFileResult<T>.Refused(var refusal) => (null, refusal),
            _ => throw new InvalidOperationException("There is no third result."),
        };
}
