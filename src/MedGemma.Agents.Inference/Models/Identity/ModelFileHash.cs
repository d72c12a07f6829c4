using System.Globalization;

namespace MedGemma.Agents.Inference.Models.Identity;

/// <summary>What tells one file of a model from others.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Name">Its file name, without the folder.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Head">SHA-256 of its first MiB, which holds all metadata of a GGUF file; 64 hexadecimal digits in lower case.</param>
/// <param name="Sha256">SHA-256 of all of it, likewise; null as long as it is not known.</param>
/// <param name="Adapter">Of an adapter, the name by which requests ask for it.</param>
public sealed record ModelFileHash(ModelFileKind Kind, string Name, long Bytes, string Head, string? Sha256 = null, string? Adapter = null)
{
    /// <summary>Bytes that <see cref="Head"/> is of.</summary>
    internal const int HeadBytes = 1 << 20;

    /// <summary>Name, length and hashes, as a turn keeps them; a hash that is not known is said to be so.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Adapter is null ? "" : $"adapter {Adapter}: ")}{Name}, {Bytes} bytes, head {Head}, {(Sha256 is null ? "unhashed" : $"sha256 {Sha256}")}");
}
