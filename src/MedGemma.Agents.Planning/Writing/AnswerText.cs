using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Writing;

/// <summary>Puts claims, banners and what must be said with them into one text.</summary>
internal static class AnswerText
{
    public static string Compose(IReadOnlyList<Claim> claims, IReadOnlyList<string> banners, IReadOnlyList<QueryResult> results, IReadOnlyList<string> readings)
    {
        var sentences = new List<string>(claims.Select(claim => claim.Text));
        sentences.AddRange(results.SelectMany(result => result.Notes).Distinct(StringComparer.Ordinal));
        sentences.AddRange(readings.Distinct(StringComparer.Ordinal));
        sentences.AddRange(banners);
        return string.Join(' ', sentences);
    }
}
