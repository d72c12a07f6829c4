using System.Collections.Frozen;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Models.Gguf;

namespace MedGemma.Agents.Inference.Models;

/// <summary>A Gemma 3 text model that the engine can load.</summary>
public sealed record TextModelFile : ModelFile
{
    internal TextModelFile(string path, string name, IReadOnlyList<string> shards, IReadOnlyList<GgufTensor> tensors, GemmaArchitecture architecture, FrozenDictionary<ControlToken, int> controlTokens)
        : base(path, name, shards, tensors.Sum(tensor => tensor.Bytes))
    {
        Architecture = architecture;
        ControlTokens = controlTokens;
        Tensors = tensors.ToFrozenDictionary(tensor => tensor.Name, StringComparer.Ordinal);
    }

    /// <summary>Its dimensions.</summary>
    public GemmaArchitecture Architecture { get; }

    /// <summary>The numbers of the control tokens in its vocabulary; those that it lacks are absent.</summary>
    public FrozenDictionary<ControlToken, int> ControlTokens { get; }

    /// <summary>Its tensors by name.</summary>
    public FrozenDictionary<string, GgufTensor> Tensors { get; }

    /// <summary>How its matrices are stored: the type that most bytes have.</summary>
    public GgmlType WeightType => Tensors.Values.GroupBy(tensor => tensor.Type).MaxBy(group => group.Sum(tensor => tensor.Bytes))!.Key;
}
