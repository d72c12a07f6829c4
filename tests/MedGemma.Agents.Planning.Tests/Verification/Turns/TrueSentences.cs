using System.Globalization;
using System.Text.RegularExpressions;

namespace MedGemma.Agents.Planning.Tests.Verification.Turns;

/// <summary>Says a true sentence in other words, as a model might: nothing of what it says is changed.</summary>
internal static partial class TrueSentences
{
    private static readonly (string Pattern, string[] Others)[] s_words =
    [
        (@"\bThe latest\b", ["The most recent", "The patient's latest", "The last"]),
        (@"\bThe first\b", ["The earliest", "The patient's first"]),
        (@"\bThe highest\b", ["The patient's highest", "The maximum"]),
        (@"\bThe average\b", ["The mean"]),
        (@"\bis recorded\b", ["is documented", "is on record"]),
        (@"\bare recorded\b", ["are documented", "are on record"]),
        (@"\bThere are\b", ["In all there are"]),
        (@"^Yes, ", ["Yes: "]),
        (@"mg/dL", ["mg/dl"]),
        (@"mm\[Hg\]", ["mmHg"]),
    ];

    /// <summary>The sentence in other words, one change each, and one with a frame around it.</summary>
    public static IEnumerable<SentenceChange> Of(string sentence)
    {
        foreach (var (pattern, others) in s_words)
        {
            foreach (var other in others)
            {
                var put = Regex.Replace(sentence, pattern, other);
                if (put != sentence)
                    yield return new("in other words: " + other, put);
            }
        }

        foreach (var format in new[] { "d MMMM yyyy", "MMMM d, yyyy", "dd MMM yyyy" })
        {
            var put = Dates().Replace(sentence, date => DateTime.ParseExact(date.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture).ToString(format, CultureInfo.InvariantCulture));
            if (put != sentence)
                yield return new("dates as " + format, put);
        }

        yield return new("framed", "According to the record, " + char.ToLowerInvariant(sentence[0]) + sentence[1..]);
    }

    // Not of an instant, whose hour would stand alone.
    [GeneratedRegex(@"\b\d{4}-\d{2}-\d{2}\b(?!T)")]
    private static partial Regex Dates();
}
