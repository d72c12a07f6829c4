using System.Security.Cryptography;

namespace MedGemma.Agents.Sessions.Grains;

/// <summary>Keys of sessions: 128 random bits as 32 lower-case hexadecimal digits, so that a key says nothing and cannot be guessed.</summary>
public static class SessionKey
{
    private const int Length = 32;

    /// <summary>A new key from the system's cryptographic generator.</summary>
    public static string Create() => RandomNumberGenerator.GetHexString(Length, lowercase: true);

    /// <summary>Whether a text has the form of a key; anything else never reaches a grain.</summary>
    /// <param name="text">The text.</param>
    public static bool IsWellFormed(string? text) => text is { Length: Length } && text.All(char.IsAsciiHexDigitLower);
}
