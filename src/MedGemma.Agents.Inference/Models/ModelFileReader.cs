using MedGemma.Agents.Inference.Models.Gguf;

namespace MedGemma.Agents.Inference.Models;

/// <summary>
/// Looks at model files before the engine does: what is accepted here loads without an abort of the process. Reads headers only. Safe for concurrent use.
/// </summary>
public static class ModelFileReader
{
    /// <summary>Looks at a file of any kind.</summary>
    /// <param name="path">The file; of a split model the first one.</param>
    public static ModelFileResult<ModelFile> Read(string path) => Read<ModelFile>(path, "a model");

    /// <summary>Looks at what should be a text model.</summary>
    /// <param name="path">The file; of a split model the first one.</param>
    public static ModelFileResult<TextModelFile> ReadText(string path) => Read<TextModelFile>(path, "a text model");

    /// <summary>Looks at what should be a LoRA adapter. Whether it fits a model is for <see cref="AdapterFile.Against"/>.</summary>
    /// <param name="path">The file.</param>
    public static ModelFileResult<AdapterFile> ReadAdapter(string path) => Read<AdapterFile>(path, "a LoRA adapter");

    /// <summary>Looks at what should be a vision file. Whether it fits a model is for <see cref="VisionFile.Against"/>.</summary>
    /// <param name="path">The file.</param>
    public static ModelFileResult<VisionFile> ReadVision(string path) => Read<VisionFile>(path, "a vision file");

    private static ModelFileResult<T> Read<T>(string path, string wanted)
        where T : ModelFile
    {
        try
        {
            var file = Interpret(GgufReader.Contents(path));
            return file is T right
                ? new ModelFileResult<T>.Accepted(right)
                : new ModelFileResult<T>.Refused(new(ModelRefusalKind.OtherKind, path, $"it is {NameOf(file)}, not {wanted}"));
        }
        catch (GgufException e)
        {
            return new ModelFileResult<T>.Refused(e.Refusal(path));
        }
    }

    private static ModelFile Interpret(GgufContents contents)
    {
        ModelShardReader.RefuseLater(contents);
        var architecture = contents.Metadata.Text("general.architecture") ?? throw new GgufException(ModelRefusalKind.Damaged, "general.architecture is missing");
        var type = contents.Metadata.Text("general.type");
        return (architecture, type) switch
        {
            ("gemma3", "adapter") => AdapterFileReader.Read(contents),
            ("gemma3", null or "model") => TextModelFileReader.Read(contents),
            ("clip", null or "mmproj" or "clip-vision" or "model") => VisionFileReader.Read(contents),
            ("gemma3" or "clip", _) => throw new GgufException(ModelRefusalKind.OtherKind, $"it is of the type {Quoted.Text(type!)}; models, adapters and vision files are read"),
            _ => throw new GgufException(ModelRefusalKind.OtherArchitecture, $"its architecture is {Quoted.Text(architecture)}; MedGemma's is gemma3"),
        };
    }

    private static string NameOf(ModelFile file) => file switch
    {
        TextModelFile => "a text model",
        AdapterFile => "a LoRA adapter",
        _ => "a vision file",
    };
}
