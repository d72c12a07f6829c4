using System.Collections.Frozen;
using MedGemma.Agents.Inference.Models.Gguf;

namespace MedGemma.Agents.Inference.Models;

/// <summary>A vision file (<c>mmproj</c>): a SigLIP tower with the projector of Gemma 3.</summary>
public sealed record VisionFile : ModelFile
{
    internal VisionFile(string path, string name, IReadOnlyList<GgufTensor> tensors, VisionArchitecture architecture)
        : base(path, name, [path], tensors.Sum(tensor => tensor.Bytes))
    {
        Architecture = architecture;
        Tensors = tensors.ToFrozenDictionary(tensor => tensor.Name, StringComparer.Ordinal);
    }

    /// <summary>Its dimensions.</summary>
    public VisionArchitecture Architecture { get; }

    /// <summary>Its tensors by name.</summary>
    public FrozenDictionary<string, GgufTensor> Tensors { get; }

    /// <summary>Why it cannot be used with a model, or null when it can: it must project to the model's width.</summary>
    /// <param name="model">The text model.</param>
    public ModelRefusal? Against(TextModelFile model) =>
        Architecture.Projection == model.Architecture.Embedding
            ? null
            : new(ModelRefusalKind.OtherBase, Path, $"it projects images to a width of {Architecture.Projection}, {model.Path} has {model.Architecture.Embedding}; it was made for another model");
}
