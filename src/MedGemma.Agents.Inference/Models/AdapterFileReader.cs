using MedGemma.Agents.Inference.Models.Gguf;

namespace MedGemma.Agents.Inference.Models;

/// <summary>Reads LoRA adapters as the engine does: pairs of <c>NAME.lora_a</c> and <c>NAME.lora_b</c>.</summary>
internal static class AdapterFileReader
{
    private const string First = ".lora_a";
    private const string Second = ".lora_b";

    public static AdapterFile Read(GgufContents contents)
    {
        var metadata = contents.Metadata;
        if (metadata.Text("adapter.type") is var type && type != "lora")
            throw new GgufException(ModelRefusalKind.OtherKind, $"it is an adapter of the type {Quoted.Text(type ?? "")}; LoRA adapters are read");
        if (metadata.TryGet("adapter.alora.invocation_tokens", out _))
            throw new GgufException(ModelRefusalKind.OtherKind, "it is an activated LoRA adapter; plain LoRA adapters are read");
        var alpha = metadata.Real("adapter.lora.alpha") ?? throw Damaged("adapter.lora.alpha is missing");
        if (!float.IsFinite(alpha))
            throw Damaged("adapter.lora.alpha is not finite");

        var tensors = contents.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var pairs = contents.Tensors.Where(tensor => tensor.Name.EndsWith(First, StringComparison.Ordinal)).Select(tensor => Pair(tensor, tensors)).ToList();
        var unpaired = contents.Tensors.FirstOrDefault(tensor => !IsPaired(tensor.Name, tensors));
        if (unpaired is not null)
            throw Damaged($"the tensor {unpaired.Name} is not one of a LoRA pair");
        if (pairs.Count == 0)
            throw Damaged("it has no tensors");
        return new(contents.Path, metadata.Text("general.name") ?? Path.GetFileNameWithoutExtension(contents.Path), contents.TensorBytes, alpha, pairs);
    }

    private static AdapterPair Pair(GgufTensor a, Dictionary<string, GgufTensor> tensors)
    {
        var matrix = a.Name[..^First.Length];
        if (!tensors.TryGetValue(matrix + Second, out var b))
            throw Damaged($"{a.Name} is there without {matrix + Second}");
        if (a.Shape[1] != b.Shape[0] || a.Shape[2] * a.Shape[3] * b.Shape[2] * b.Shape[3] != 1)
            throw Damaged($"{a.Name} is {a.ShapeText} and {b.Name} is {b.ShapeText}: they cannot be multiplied");
        if (!IsNumber(a.Type) || !IsNumber(b.Type))
            throw Damaged($"{a.Name} is stored as {a.Type} and {b.Name} as {b.Type}; adapters are stored as F32, F16, BF16 or Q8_0");
        if (matrix == "token_embd.weight" || matrix == "output.weight")
            throw new GgufException(ModelRefusalKind.OtherKind, $"it changes {matrix}; adapters of the layers are read, not those of the embeddings");
        return new(matrix, a.Shape[0], b.Shape[1]);
    }

    private static bool IsPaired(string name, Dictionary<string, GgufTensor> tensors) =>
        name.EndsWith(First, StringComparison.Ordinal) || name.EndsWith(Second, StringComparison.Ordinal) && tensors.ContainsKey(name[..^Second.Length] + First);

    private static bool IsNumber(GgmlType type) => type is GgmlType.F32 or GgmlType.F16 or GgmlType.BF16 or GgmlType.Q8_0;

    private static GgufException Damaged(string reason) => new(ModelRefusalKind.Damaged, reason);
}
