namespace MedGemma.Agents.Inference.Models.Gguf;

/// <summary>Carries a refusal out of the depths of the readers; never leaves them.</summary>
/// <param name="kind">What kind of reason.</param>
/// <param name="reason">The reason.</param>
/// <param name="other">The file at fault, when it is another one than the one asked for.</param>
internal sealed class GgufException(ModelRefusalKind kind, string reason, string? other = null) : Exception(reason)
{
    public ModelRefusal Refusal(string path) => new(kind, other ?? path, Message);
}
