namespace MedGemma.Agents.Records.Documents;

/// <summary>A media type with its character set (RFC 6838, RFC 2046).</summary>
/// <param name="Name">Type and subtype in lower case; null when none is recorded.</param>
/// <param name="Charset">Character set in lower case; null when none is named.</param>
internal readonly record struct MediaType(string? Name, string? Charset)
{
    /// <summary>Reads a content type as recorded; parameters other than the character set are left out.</summary>
    public static MediaType Read(string? contentType)
    {
        if (string.IsNullOrWhiteSpace(contentType))
            return default;

        var parts = contentType.Split(';', StringSplitOptions.TrimEntries);
        var charset = parts.Skip(1).FirstOrDefault(part => part.StartsWith("charset=", StringComparison.OrdinalIgnoreCase))?["charset=".Length..].Trim('"', '\'', ' ').ToLowerInvariant();
        return new MediaType(parts[0].ToLowerInvariant(), string.IsNullOrEmpty(charset) ? null : charset);
    }
}
