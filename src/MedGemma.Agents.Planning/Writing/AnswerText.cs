using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Writing;

/// <summary>Puts claims, banners and what must be said with them into one text.</summary>
internal static class AnswerText
{
    public static string Compose(IReadOnlyList<Claim> claims, UnsureReason? limit, IReadOnlyList<string> banners, IReadOnlyList<QueryResult> results, IReadOnlyList<string> readings)
    {
        var sentences = new List<string>(claims.Select(claim => claim.Text));
        if (limit is not null)
            sentences.Add(limit.Message);
        sentences.AddRange(results.SelectMany(result => result.Notes).Distinct(StringComparer.Ordinal));
        sentences.AddRange(readings.Distinct(StringComparer.Ordinal));
        sentences.AddRange(banners);
        return WithoutControls(string.Join(' ', sentences));
    }

    // Displays come from anywhere; a terminal would obey an escape sequence in one.
    private static string WithoutControls(string text) => text.Any(char.IsControl)
        ? string.Create(text.Length, text, static (shown, from) =>
        {
            for (var i = 0; i < shown.Length; i++)
                shown[i] = char.IsControl(from[i]) ? ' ' : from[i];
        })
        : text;
}
