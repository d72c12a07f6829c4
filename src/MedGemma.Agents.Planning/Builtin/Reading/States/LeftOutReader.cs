using MedGemma.Agents.Planning.Builtin.Language;

namespace MedGemma.Agents.Planning.Builtin.Reading.States;

/// <summary>
/// Takes clauses out of a question that leave things out of a list by their state, or put a part of it beside the whole: "(refuted and resolved ones left out)", "not counting PRN",
/// "including those started on the ward". Whoever plans the rest must heed what was taken out.
/// </summary>
internal static class LeftOutReader
{
    private static readonly string[] s_before =
    [
        "not counting", "not including", "excluding", "exclude", "excl", "ignoring", "ignore", "leaving out", "leave out", "leaving aside", "without", "except for", "except", "other than", "apart from", "but not", "omitting", "omit", "disregarding",
        "disregard", "skipping", "do not count", "don t count", "do not include", "don t include", "not", "no",
    ];

    private static readonly string[] s_behind =
    [
        "left out", "left aside", "excluded", "not counted", "not included", "ignored", "omitted", "disregarded", "are left out", "are excluded", "are not counted", "to be left out", "do not count", "don t count", "should not be counted", "not to be counted", "removed",
    ];

    private static readonly (LeftOutThings Thing, string[] Words)[] s_states =
    [
        (LeftOutThings.Refuted, ["refuted", "disproved", "ruled out"]),
        (LeftOutThings.Erroneous, ["entered in error", "in error", "erroneous", "erroneously entered", "wrongly entered", "mistakenly entered", "mistaken", "cancelled", "canceled", "errors", "error"]),
        (LeftOutThings.Over, ["resolved", "inactive", "no longer active", "outgrown", "old", "ended", "finished", "completed", "stopped", "discontinued", "expired"]),
        (LeftOutThings.AsNeeded, ["prn", "as needed", "as required", "when needed", "when required", "if needed"]),
    ];

    private static readonly string[] s_things =
    [
        "ones", "entries", "entry", "courses", "course", "drugs", "drug", "meds", "med", "medicines", "medicine", "medications", "medication", "allergies", "allergy", "intolerances", "diagnoses", "problems", "conditions", "items", "records", "orders", "prescriptions", "tablets",
        "treatments", "statements", "only", "anything", "any", "all", "the", "those", "that", "which", "is", "are", "was", "were", "things", "s", "use", "ones",
    ];

    // What may stand between where a clause begins and its first state.
    private static readonly string[] s_leading = ["the", "any", "all", "those", "that", "which", "anything", "ones", "entries", "are", "is", "were", "was", "marked", "recorded", "as"];

    private static readonly string[] s_including = ["including", "incl", "inclusive of"];

    private static readonly string[] s_parts =
    [
        "those", "the", "ones", "any", "all", "what", "which", "that", "was", "were", "has", "been", "is", "are", "also", "and", "or", "both", "started", "begun", "prescribed", "given", "ordered", "new", "newly", "added", "on", "in", "at", "during", "since", "this", "her",
        "his", "my", "their", "admission", "hospital", "ward", "unit", "stay", "here", "by", "us", "prn", "as", "needed", "required", "over", "counter", "otc", "herbal", "supplements", "bought", "self", "regular", "inpatient", "antibiotic", "antibiotics", "insulin", "insulins", "inhaler", "inhalers", "injections", "vitamins", "steroids", "painkillers", "drugs", "drug", "meds", "medicines", "medications",
        "medication", "ones", "treatment", "treatments", "things", "anything",
    ];

    /// <summary>The question without such clauses, and what they say.</summary>
    public static (string Text, LeftOutThings Things) Remove(string text)
    {
        var things = LeftOutThings.None;
        for (var rounds = 0; rounds < 4 && Find(new QuestionText(text)) is var (first, last, found); rounds++)
        {
            things |= found;
            text = Cut(text, first, last);
        }

        return (text, things);
    }

    private static (QuestionToken First, QuestionToken Last, LeftOutThings Things)? Find(QuestionText question)
    {
        for (var i = 0; i < question.Count; i++)
        {
            if (LengthAt(question, i, s_including) is var including and > 0 && PartsFrom(question, i + including) is { } parts)
                return (question.Tokens[i], question.Tokens[parts - 1], LeftOutThings.Included);

            if (LengthAt(question, i, s_before) is var before and > 0 && StatesFrom(question, i + before, s_things) is var (ahead, end) && (question[i] is not ("not" or "no") || before > 1 || StandsApart(question, i)) && IsWorthReading(ahead))
                return (question.Tokens[i], question.Tokens[end - 1], ahead);

            if (StatesFrom(question, i, s_leading) is var (states, after) && LengthAt(question, after, s_behind) is var behind and > 0 && IsWorthReading(states))
                return (question.Tokens[i], question.Tokens[after + behind - 1], states);
        }

        return null;
    }

    // Errors alone are left to whoever takes them out of any question.
    private static bool IsWorthReading(LeftOutThings things) => (things & ~LeftOutThings.Erroneous) != LeftOutThings.None;

    private static bool StandsApart(QuestionText question, int at) => at > 0 && question.Gap(at).AsSpan().IndexOfAny("(,;-–") >= 0;

    /// <summary>The states joined by "and", "or" and commas from a token on, and where they end; null when there is none.</summary>
    private static (LeftOutThings Things, int End)? StatesFrom(QuestionText question, int at, string[] leading)
    {
        var (things, end) = (LeftOutThings.None, at);
        while (true)
        {
            var next = end;
            while (next < question.Count && ((things == LeftOutThings.None ? leading : s_things).Contains(question[next]) || (things != LeftOutThings.None && question[next] is "and" or "or")) && !IsBehind(question, next) && !IsState(question, next))
                next++;

            var found = s_states.Select(state => (state.Thing, Length: LengthAt(question, next, state.Words))).FirstOrDefault(state => state.Length > 0);
            if (found.Length == 0)
            {
                while (end < question.Count && s_things.Contains(question[end]) && question[end] is not ("is" or "was" or "that" or "which") && !IsBehind(question, end) && !question.Gap(end + 1).Contains('?', StringComparison.Ordinal))
                    end++;
                return things == LeftOutThings.None ? null : (things, end);
            }

            things |= found.Thing;
            end = next + found.Length;
            if (question.Gap(end).AsSpan().IndexOfAny("?).") >= 0)
                return (things, end);
        }
    }

    private static bool IsState(QuestionText question, int at) => s_states.Any(state => LengthAt(question, at, state.Words) > 0);

    private static bool IsBehind(QuestionText question, int at) => LengthAt(question, at, s_behind) > 0;

    /// <summary>Where the parts that are named end, at the end of the clause; null when something else is named.</summary>
    private static int? PartsFrom(QuestionText question, int at)
    {
        var end = at;
        while (end < question.Count && s_parts.Contains(question[end]) && (end == at || question.Gap(end).AsSpan().IndexOfAny("?);") < 0))
            end++;
        return end > at && (end == question.Count || question.Gap(end).AsSpan().IndexOfAny("?);") >= 0) ? end : null;
    }

    private static int LengthAt(QuestionText question, int at, string[] phrases) =>
        phrases.Where(words => Phrase.At(question, at, words)).Select(words => words.Count(c => c == ' ') + 1).DefaultIfEmpty().Max();

    private static string Cut(string text, QuestionToken first, QuestionToken last)
    {
        var (start, end) = (first.Start, last.End);
        while (start > 0 && (char.IsWhiteSpace(text[start - 1]) || text[start - 1] is '(' or ',' or ';' or '-' or '–' or ':'))
            start--;
        while (end < text.Length && text[end] is ')' or '.' or ' ' or ',')
            end++;
        return $"{text[..start]} {text[end..]}".Trim();
    }
}
