using MedGemma.Agents.Planning.Builtin.Grounding;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Builtin.Reading.Medicines;

/// <summary>Finds the route of a drug and the way a patient came in: "via the IV route", "through the EMERGENCY ROOM".</summary>
internal sealed class AdministrationReader(PatientRecord record, ConceptVocabulary vocabulary)
{
    private const int LongestName = 6;

    private static readonly Dictionary<string, string> s_plainRoutes = new(StringComparer.Ordinal)
    {
        ["po"] = "PO", ["by mouth"] = "PO", ["oral"] = "PO", ["orally"] = "PO", ["iv"] = "IV", ["intravenous"] = "IV", ["intravenously"] = "IV",
        ["im"] = "IM", ["intramuscular"] = "IM", ["intramuscularly"] = "IM", ["sc"] = "SC", ["sq"] = "SC", ["subcut"] = "SC", ["subcutaneous"] = "SC",
        ["subcutaneously"] = "SC", ["pr"] = "PR", ["rectal"] = "PR", ["rectally"] = "PR", ["sl"] = "SL", ["sublingual"] = "SL", ["inhaled"] = "IH",
        ["topical"] = "TP", ["transdermal"] = "TD",
    };

    private readonly RecordNames _names = RecordNames.Of(record);

    /// <summary>Reads and claims both.</summary>
    public (string? Route, string? Via) Read(QuestionText question)
    {
        string? route = null;
        string? via = null;
        for (var i = 0; i < question.Count; i++)
        {
            if (question.IsClaimed(i))
                continue;

            // "IV fluids", "inhaled steroid", "oral contraceptive" are names; the ED is a place before it is a route.
            var introduced = Introduces(question, i, out var after);
            if (IsPartOfName(question, after) || question[after] is "ed" or "er")
                continue;

            if (introduced is false && !StandsAlone(question, i))
                continue;

            if (via is null && introduced && TryFind(question, after, _names.FindAdmissionSource, out var source, out var sourceSpan))
            {
                question.Claim(sourceSpan);
                via = source;
            }
            else if (route is null && TryFind(question, after, FindRoute, out var found, out var routeSpan))
            {
                question.Claim(question[routeSpan.After] is "route" ? routeSpan with { Count = routeSpan.Count + 1 } : routeSpan);
                // As it stands in the record it is that code; as people say it, it is every name of that way.
                route = s_plainRoutes.ContainsKey(question.Words(routeSpan)) && found != question.Slice(routeSpan) ? question.Slice(routeSpan) : found;
            }
        }

        return (route, via);
    }

    private string? FindRoute(string words) => _names.FindRoute(words) ?? s_plainRoutes.GetValueOrDefault(words);

    private static bool Introduces(QuestionText question, int at, out int after)
    {
        after = at;
        if (question[at] is not ("via" or "through" or "using" or "by" or "way" or "as" or "from" or "used" or "use"))
            return false;

        after = at + 1;
        if (question[at] is "way" && question[after] is "of")
            after++;
        if (question[after] is "the" or "a" or "an")
            after++;
        return true;
    }

    // "IV furosemide": a route without a preposition is written in capitals or is a plain word for one. "In the ED", where some write so of an epidural, is a place.
    private static bool StandsAlone(QuestionText question, int at)
    {
        if (question[at - 1] is "the" or "in" or "at" or "from" or "an" or "to")
            return false;

        var token = question.Tokens[at];
        return token.End - token.Start >= 2
            && (question.Text.AsSpan(token.Start, token.End - token.Start).IndexOfAnyInRange('a', 'z') < 0 || token.Word.Length > 4)
            && !token.Word.All(char.IsDigit);
    }

    private bool IsPartOfName(QuestionText question, int at)
    {
        for (var count = 2; count <= 3 && at + count <= question.Count; count++)
        {
            var span = new TokenSpan(at, count);
            if (s_plainRoutes.ContainsKey(question[at]) && question.IsFree(span) && !vocabulary.Find(question.Words(span)).IsEmpty)
                return true;
        }

        return false;
    }

    private static bool TryFind(QuestionText question, int at, Func<string, string?> find, out string? found, out TokenSpan span)
    {
        for (var length = Math.Min(LongestName, question.Count - at); length > 0; length--)
        {
            span = new TokenSpan(at, length);
            if (question.IsFree(span) && (found = find(question.Words(span))) is not null)
                return true;
        }

        found = null;
        span = default;
        return false;
    }
}
