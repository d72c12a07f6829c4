using MedGemma.Agents.Planning.Builtin.Language;

namespace MedGemma.Agents.Planning.Builtin.Reading.States;

/// <summary>Reads that what is charted at the bedside is to be left out of what was done: "(not the ICU charting)", "without the ICU events", "bedside charting excluded". Coded procedures remain.</summary>
internal static class ChartingReader
{
    private static readonly string[] s_charting =
    [
        "icu|bedside|nursing|flowsheet|itu|charted charting|events|entries|lines|procedures|items|lines|rows", "icu|bedside|nursing procedure events", "what was|is charted at|in the bedside|icu", "charting",
    ];

    private static readonly string[] s_behind = ["left out", "excluded", "omitted", "ignored", "not counted", "not included", "aside"];

    /// <summary>Whether it is, with the words claimed.</summary>
    public static bool Read(QuestionText question)
    {
        for (var i = 0; i < question.Count; i++)
            if (question[i] is "icd" && !question.IsClaimed(i) && question.Tokens.Any(token => token.Word is "coded" or "procedures" or "procedure") && question[i + 1] is not ("implantation" or "insertion" or "device"))
                question.Claim(new TokenSpan(i, 1));

        if (Phrase.Find(question, s_charting) is not { } charting)
            return false;

        var first = charting.First - 1;
        while (question[first] is "the" or "any" or "all" or "of" or "from")
            first--;
        if (question[first] is "not" or "without" or "excluding" or "except" or "besides" or "ignoring" or "minus" or "no" or "than")
        {
            first -= question[first] is "than" && question[first - 1] is "other" or "rather" ? 1 : 0;
            question.Claim(new TokenSpan(first, charting.After - first));
            return true;
        }

        if (!s_behind.Any(words => Phrase.At(question, charting.After, words)) && !s_behind.Any(words => Phrase.At(question, charting.After + 1, words) && question[charting.After] is "is" or "are" or "being"))
            return false;

        var last = charting.After;
        while (question[last] is "is" or "are" or "being" or "left" or "not")
            last++;
        question.Claim(new TokenSpan(charting.First, last + 1 - charting.First));
        return true;
    }
}
