using System.Collections.Frozen;
using System.Globalization;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;

namespace MedGemma.Agents.Planning.Builtin.Reading.Medicines;

/// <summary>Reads a whole clause about how a dose changed: "was the lisinopril dose increased", "when was metformin increased to 1000 mg", "previous dose of lisinopril".</summary>
internal static class DoseChangeReader
{
    private static readonly FrozenSet<string> s_more = new[] { "increased", "increase", "increases", "raised", "raise", "upped", "doubled", "uptitrated", "up", "higher", "titrated", "escalated" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_less = new[] { "decreased", "decrease", "reduced", "reduce", "reduction", "lowered", "lower", "halved", "cut", "down", "tapered", "weaned" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_any = new[] { "changed", "change", "changes", "adjusted", "adjustment", "adjustments", "altered", "modified" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_filling = new[] { "dose", "doses", "dosage", "strength", "to", "mg", "mcg", "ug", "units", "put", "went", "gone", "go", "history", "prescription", "tablet", "tablets", "medication", "drug", "ever", "last", "from", "the", "over", "time" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What is asked, or null when the clause asks for anything else or says more than this.</summary>
    public static DoseChangeAsk? Read(QuestionText question, IReadOnlyList<DrugMention> drugs, PlannerLexicon lexicon)
    {
        if (drugs is not [{ IsClass: false } drug])
            return null;

        var (more, less, any, dose, former) = (false, false, false, false, false);
        var numbers = new List<decimal>();
        for (var i = 0; i < question.Count; i++)
        {
            if (question.IsClaimed(i) || drug.Span.Contains(new TokenSpan(i, 1)))
                continue;

            more |= s_more.Contains(question[i]);
            less |= s_less.Contains(question[i]);
            any |= s_any.Contains(question[i]);
            dose |= question[i] is "dose" or "doses" or "dosage";
            former |= question[i] is "previous" or "prior" or "before" or "earlier" or "old" or "former";
            if (decimal.TryParse(question[i], NumberStyles.Number, CultureInfo.InvariantCulture, out var number))
                numbers.Add(number);
            else if (!s_more.Contains(question[i]) && !s_less.Contains(question[i]) && !s_any.Contains(question[i]) && !s_filling.Contains(question[i]) && question[i] is not ("previous" or "prior" or "before" or "earlier" or "old" or "former")
                && !(lexicon.IsGlue(question[i]) && question[i] is not ("not" or "no" or "why" or "who" or "given" or "received" or "many" or "much" or "since" or "after" or "until" or "during")))
                return null;
        }

        var target = Target(question, drug);
        if (numbers.Count > (target is null ? 0 : 1) || (more && less))
            return null;

        var when = Has(question, "when") || Has(question, "date");
        if (more || less || any)
        {
            // "Changed" alone may be said of the drug itself.
            if (any && !more && !less && !dose && target is null)
                return null;

            return new DoseChangeAsk(drug, more ? 1 : less ? -1 : 0, target, when ? DoseChangeForm.When : former && dose && !more && !less ? DoseChangeForm.Before : Has(question, "history") || Has(question, "changes") && !IsPolar(question) ? DoseChangeForm.All : IsPolar(question) ? DoseChangeForm.Whether : DoseChangeForm.All);
        }

        return dose && target is null && !when && former && !Has(question, "first") ? new DoseChangeAsk(drug, 0, null, DoseChangeForm.Before)
            : dose && target is null && !when && (Has(question, "history") || Phrase.Find(question, ["over time"]) is not null) ? new DoseChangeAsk(drug, 0, null, DoseChangeForm.All)
            : null;
    }

    private static decimal? Target(QuestionText question, DrugMention drug)
    {
        for (var i = 1; i < question.Count; i++)
            if (question[i - 1] is "to" && !drug.Span.Contains(new TokenSpan(i, 1)) && decimal.TryParse(question[i], NumberStyles.Number, CultureInfo.InvariantCulture, out var number))
                return number;

        return null;
    }

    private static bool IsPolar(QuestionText question) => question[0] is "was" or "is" or "has" or "have" or "did" or "were" or "any" or "had";

    private static bool Has(QuestionText question, string word) => question.Tokens.Any(token => token.Word == word);
}
