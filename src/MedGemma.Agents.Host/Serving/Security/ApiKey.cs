using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace MedGemma.Agents.Host.Serving.Security;

/// <summary>
/// Keys that this program makes: <c>mgk_</c> and 256 random bits. Nothing of another form is ever accepted, so that no key can be guessed and a plain
/// SHA-256 of it is safe to keep.
/// </summary>
internal static class ApiKey
{
    private const string Prefix = "mgk_";
    private const int RandomBytes = 32;
    private const int Length = 47;

    /// <summary>A new key from the system's cryptographic generator.</summary>
    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>Whether a text has the form of a key.</summary>
    public static bool IsWellFormed(string text) =>
        text.Length == Length && text.StartsWith(Prefix, StringComparison.Ordinal) && Base64Url.IsValid(text.AsSpan(Prefix.Length));

    /// <summary>The hash that is configured.</summary>
    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
