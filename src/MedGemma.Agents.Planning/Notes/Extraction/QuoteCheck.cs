using System.Text.RegularExpressions;

namespace MedGemma.Agents.Planning.Notes.Extraction;

/// <summary>
/// Takes of what a model wrote only what literally stands in the passages that it was given. A finding quotes the whole sentence, so that what is left out of
/// a quote cannot turn its meaning, and one that calls present what its sentence denies is refused (the triggers are those of NegEx, Chapman et al. 2001,
/// doi:10.1006/jbin.2001.1029).
/// </summary>
internal static partial class QuoteCheck
{
    /// <summary>A shorter quote shows nothing.</summary>
    private const int ShortestQuote = 3;

    /// <summary>A longer one is the note again.</summary>
    private const int LongestQuote = 400;

    /// <summary>The findings that stand in the passages, numbered, and how many were refused for which reason.</summary>
    public static (IReadOnlyList<NoteFinding> Findings, IReadOnlyDictionary<FindingRefusal, int> Refused) Check(
        IReadOnlyList<ExtractedFinding> extracted, IReadOnlyList<NoteChunk> passages, int most)
    {
        var findings = new List<NoteFinding>();
        var refused = new SortedDictionary<FindingRefusal, int>();
        foreach (var finding in extracted)
        {
            if (Refuse(finding, passages, findings, most, out var start) is { } refusal)
            {
                refused[refusal] = refused.GetValueOrDefault(refusal) + 1;
                continue;
            }

            var passage = passages[finding.Passage - 1];
            var (from, length) = SentenceOf(passage.Text, start, finding.Quote.Length);
            findings.Add(new NoteFinding($"n{findings.Count + 1}", finding.Kind, finding.Assertion, passage.Section, passage.Note, passage.Start + from, length));
        }

        return (findings, refused);
    }

    private static FindingRefusal? Refuse(ExtractedFinding finding, IReadOnlyList<NoteChunk> passages, List<NoteFinding> taken, int most, out int start)
    {
        start = -1;
        if (finding.Passage < 1 || finding.Passage > passages.Count)
            return FindingRefusal.UnknownPassage;
        if (finding.Quote.Trim().Length < ShortestQuote || finding.Quote.Length > LongestQuote)
            return FindingRefusal.QuoteLength;

        var passage = passages[finding.Passage - 1];
        var found = passage.Text.IndexOf(finding.Quote, StringComparison.Ordinal);
        if (found < 0 || CutsWord(passage.Text, found, finding.Quote.Length))
            return FindingRefusal.NotAQuote;

        start = found;
        var (from, length) = SentenceOf(passage.Text, found, finding.Quote.Length);
        if (finding.Assertion == NoteAssertion.Present && Denies().IsMatch(passage.Text.AsSpan(from, found - from)))
            return FindingRefusal.DeniedThere;
        if (taken.Exists(other => ReferenceEquals(other.Note, passage.Note) && other.Start == passage.Start + from && other.Length == length && other.Kind == finding.Kind))
            return FindingRefusal.Repeated;

        return taken.Count >= most ? FindingRefusal.TooMany : null;
    }

    /// <summary>The sentence or line around a quote, as far as a quote may be long.</summary>
    private static (int Start, int Length) SentenceOf(string text, int start, int length)
    {
        var (from, until) = (start, start + length);
        while (from > 0 && !EndsSentence(text, from - 1) && until - from < LongestQuote)
            from--;
        while (until < text.Length && !EndsSentence(text, until - 1) && until - from < LongestQuote)
            until++;
        while (from < start && char.IsWhiteSpace(text[from]))
            from++;
        while (until > start + length && char.IsWhiteSpace(text[until - 1]))
            until--;
        if (from < start && char.IsLowSurrogate(text[from]))
            from++;
        return (from, until - from);
    }

    private static bool EndsSentence(string text, int at) =>
        text[at] == '\n' || (text[at] is '.' or '!' or '?' or ';' && (at + 1 == text.Length || char.IsWhiteSpace(text[at + 1])));

    // Part of a word may say the opposite of it: "allergic" of "nonallergic".
    private static bool CutsWord(string text, int start, int length) =>
        (start > 0 && char.IsLetterOrDigit(text[start - 1]) && char.IsLetterOrDigit(text[start]))
        || (start + length < text.Length && char.IsLetterOrDigit(text[start + length - 1]) && char.IsLetterOrDigit(text[start + length]));

    [GeneratedRegex(@"\b(no|not|denies|denied|without|negative for|absence of|never|free of|ruled out|rules out|nor|neither)\b(?!.*\b(but|however|except)\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Denies();
}
