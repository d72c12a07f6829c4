using System.Globalization;
using System.Security.Cryptography;

namespace MedGemma.Agents.Host.Composition.Agents;

/// <summary>Tells files of models apart without reading gigabytes: quantisations, releases, adapters merged in.</summary>
internal static class ModelFingerprint
{
    /// <summary>A GGUF file begins with all of its metadata: names, quantisation, the shape of every tensor.</summary>
    private const int HeadBytes = 1 << 20;

    /// <summary>Name, length and the hash of the head of a file.</summary>
    /// <param name="path">The file; of a split model the first.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string Of(string path)
    {
        using var file = File.OpenRead(path);
        var head = new byte[Math.Min(HeadBytes, file.Length)];
        file.ReadExactly(head);
        return string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(path)}, {file.Length} bytes, head {Convert.ToHexStringLower(SHA256.HashData(head))}");
    }
}
