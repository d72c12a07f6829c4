using System.Text.Json;

namespace MedGemma.Agents.Planning.Loop;

/// <summary>A sentence as a model wrote it, not verified.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="Evidence">Handles of what it says to rest on, whether or not there is anything.</param>
internal sealed record WrittenClaim(string Text, IReadOnlyList<string> Evidence)
{
    /// <summary>Most claims of one answer.</summary>
    public const int MostClaims = 20;

    private const int LongestText = 2000;

    /// <summary>Reads what a model wrote; null when it is no list of claims.</summary>
    public static IReadOnlyList<WrittenClaim>? Read(string text)
    {
        if (!ModelJson.TryParse(text, out var json) || json.EnumerateObject().Count() != 1
            || !json.TryGetProperty("claims", out var claims) || claims.ValueKind != JsonValueKind.Array || claims.GetArrayLength() > MostClaims)
        {
            return null;
        }

        var read = claims.EnumerateArray().Select(ReadOne).ToList();
        return read.TrueForAll(claim => claim is not null) ? [.. read.OfType<WrittenClaim>().DistinctBy(claim => claim.Text, StringComparer.Ordinal)] : null;
    }

    /// <summary>Reads one claim; null when it is none.</summary>
    public static WrittenClaim? ReadOne(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || json.EnumerateObject().Count() != 2
            || !json.TryGetProperty("text", out var text) || text.ValueKind != JsonValueKind.String || text.GetString() is not { Length: > 0 and <= LongestText } said
            || !json.TryGetProperty("evidence", out var evidence) || evidence.ValueKind != JsonValueKind.Array
            || evidence.EnumerateArray().Any(handle => handle.ValueKind != JsonValueKind.String))
        {
            return null;
        }

        // A terminal would obey an escape sequence.
        var clean = string.Concat(said.Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
        return new WrittenClaim(clean, [.. evidence.EnumerateArray().Select(handle => handle.GetString()!)]);
    }
}
