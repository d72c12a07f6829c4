namespace MedGemma.Agents.Records.Model;

/// <summary>
/// References that name a server. The same type and id on another server is another resource, so such a reference is followed only when the
/// supply itself came from that server: a <c>fullUrl</c> says so (<see href="https://hl7.org/fhir/R4/bundle.html#references"/>).
/// </summary>
internal static class AbsoluteReference
{
    /// <summary>Whether a reference names a server.</summary>
    public static bool Is(string reference) => reference.Contains("://", StringComparison.Ordinal);

    /// <summary>The reference without a version behind it.</summary>
    public static string WithoutVersion(string reference)
    {
        var history = reference.IndexOf("/_history/", StringComparison.Ordinal);
        return history < 0 ? reference : reference[..history];
    }

    /// <summary>The base of a RESTful URL, without a slash at its end; null for anything else.</summary>
    public static string? BaseOf(string? url)
    {
        if (url is null || !Is(url) || !ResourceKey.TryParse(url, out var key))
            return null;

        var at = url.LastIndexOf($"/{key}", StringComparison.Ordinal);
        return at > 0 ? url[..at] : null;
    }
}
