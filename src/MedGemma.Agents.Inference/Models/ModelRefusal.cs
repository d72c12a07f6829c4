namespace MedGemma.Agents.Inference.Models;

/// <summary>Why a model file is not used.</summary>
/// <param name="Kind">What kind of reason.</param>
/// <param name="Path">The file.</param>
/// <param name="Reason">The reason, for the person who operates the machine: no sentence, no line breaks.</param>
public sealed record ModelRefusal(ModelRefusalKind Kind, string Path, string Reason)
{
    /// <summary>One line that names the file and the reason.</summary>
    public string Message => $"{Path}: {Reason}";

    /// <inheritdoc/>
    public override string ToString() => Message;
}
