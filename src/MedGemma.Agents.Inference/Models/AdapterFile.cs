namespace MedGemma.Agents.Inference.Models;

/// <summary>A LoRA adapter for a Gemma 3 text model.</summary>
public sealed record AdapterFile : ModelFile
{
    private readonly IReadOnlyList<AdapterPair> _pairs;

    internal AdapterFile(string path, string name, long weightBytes, float alpha, IReadOnlyList<AdapterPair> pairs)
        : base(path, name, [path], weightBytes)
    {
        Alpha = alpha;
        _pairs = pairs;
    }

    /// <summary>Its alpha: what it adds is scaled by alpha / rank.</summary>
    public float Alpha { get; }

    /// <summary>How many matrices it changes.</summary>
    public int Matrices => _pairs.Count;

    /// <summary>Why it cannot be used with a model, or null when it can: every matrix that it changes must be there and have its shape.</summary>
    /// <param name="model">The base model.</param>
    public ModelRefusal? Against(TextModelFile model)
    {
        foreach (var pair in _pairs)
        {
            if (!model.Tensors.TryGetValue(pair.Matrix, out var matrix))
                return OtherBase($"it changes {pair.Matrix}, which {model.Path} does not have; it was made for another model");
            if (matrix.Shape[0] != pair.Inputs || matrix.Shape[1] != pair.Outputs)
                return OtherBase($"its {pair.Matrix} is {pair.Inputs} x {pair.Outputs}, that of {model.Path} is {matrix.ShapeText}; it was made for another model");
        }

        return null;
    }

    private ModelRefusal OtherBase(string reason) => new(ModelRefusalKind.OtherBase, Path, reason);
}
