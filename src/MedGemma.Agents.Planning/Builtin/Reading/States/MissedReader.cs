using MedGemma.Agents.Planning.Builtin.Language;

namespace MedGemma.Agents.Planning.Builtin.Reading.States;

/// <summary>Finds that an appointment was not kept, in whatever words: "did she fail to attend", "didn't turn up for", "DNA'd", "the no-shows".</summary>
internal static class MissedReader
{
    /// <summary>What is said of nobody but who was expected.</summary>
    private static readonly string[] s_alone =
    [
        "no show|shows|showed", "noshow", "noshows", "dna d", "dnaed", "dnas", "not|t attend|attended", "not|t he|she|they|i|patient attend", "non attendance|attendances|attender",
        "fail|failed|fails|failing to attend", "fail|failed|fails|failing to turn|show up", "not|t turn|turned|show|showed|shown up", "not|t he|she|they|i|patient turn|show up", "never turned|showed up", "never attended",
    ];

    /// <summary>What is also said of doses and the like, and so of an appointment only beside one.</summary>
    private static readonly string[] s_besideOne =
    [
        "missed", "miss", "misses", "skipped", "skip", "not|t keep|kept", "never kept", "not|t he|she|they|i|patient keep|come|go|appear|make", "fail|failed|fails|failing to appear|come|show|keep", "unattended", "dna", "not|t come|go to",
        "stood|stand us up",
    ];

    private static readonly string[] s_nouns = ["appointment", "appointments", "clinic", "clinics", "visit", "visits", "consultation", "consultations", "consult"];

    /// <summary>The words, or null.</summary>
    public static TokenSpan? Find(QuestionText question) =>
        Phrase.Find(question, SaysOne(question) ? [.. s_alone, .. s_besideOne] : s_alone) is { } span && Enumerable.Range(span.First, span.Count).All(i => !question.IsClaimed(i) || question.IsTopical(i)) ? span : null;

    /// <summary>"DNA?", "DNA list": by itself the abbreviation is no molecule.</summary>
    private static bool SaysOne(QuestionText question) => question.Tokens.Any(token => s_nouns.Contains(token.Word)) || (question.Count <= 3 && question.Tokens.Any(token => token.Word is "dna"));
}
