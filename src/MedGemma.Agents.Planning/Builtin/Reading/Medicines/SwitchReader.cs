using System.Collections.Frozen;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;

namespace MedGemma.Agents.Planning.Builtin.Reading.Medicines;

/// <summary>Reads a whole clause that asks what drug took the place of another, and when: "what replaced warfarin", "which statin was she on before atorvastatin".</summary>
internal static class SwitchReader
{
    private static readonly FrozenSet<string> s_changing = new[]
    {
        "switched", "switch", "switching", "swapped", "swap", "changed", "change", "converted", "convert", "transitioned", "transition", "moved", "rotated", "replace", "replaces", "replaced", "replacing", "replacement", "substituted", "substitute", "instead",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_filling = new[]
    {
        "drug", "medicine", "medication", "tablet", "tablets", "pill", "pills", "place", "over", "performed", "something", "anything", "another", "prescription", "stopped", "stopping", "after", "before", "from", "to", "with", "by", "of", "for", "instead", "one", "treatment",
        "taking", "taken", "take", "prior", "previously",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What is asked, or null when the clause asks for anything else or says more than this.</summary>
    public static SwitchAsk? Read(QuestionText question, IReadOnlyList<DrugMention> drugs, PlannerLexicon lexicon)
    {
        if (drugs.Count is 0 or > 2 || !question.Tokens.Select((_, at) => at).All(at => IsUnderstood(question, at, drugs, lexicon)))
            return null;

        var asksWhen = Has(question, "when") || Has(question, "date");
        var single = drugs.Where(drug => !drug.IsClass || drugs.Count == 1).ToList();
        var among = drugs.FirstOrDefault(drug => drug.IsClass && drugs.Count == 2 && drugs.Any(other => !other.IsClass));
        var verb = Enumerable.Range(0, question.Count).Cast<int?>().FirstOrDefault(at => s_changing.Contains(question[at!.Value]) && !Within(at.Value, drugs)) ?? -1;
        var place = Phrase.Find(question, ["the place of", "place of"]);
        if (verb < 0 && place is null)
            return ReadBefore(question, single, among, asksWhen);

        if (Follows(question, single, "to", "over to", "onto", "on to") is { } to && Follows(question, single, "from") is { } from)
            return new SwitchAsk(from, to, among, asksWhen);
        if (single.Count == 2 && question[single[1].Span.First - 1] is "to" or "by" or "with" or "for")
            return new SwitchAsk(single[0], single[1], among, asksWhen);
        if (single is not [var only])
            return null;

        if (Has(question, "before") || Has(question, "prior"))
            return ReadBefore(question, single, among, asksWhen);
        if (Follows(question, single, "to", "over to", "onto", "on to") is { } target)
            return new SwitchAsk(null, target, among, asksWhen);
        if (Follows(question, single, "from") is not null || Phrase.Find(question, ["instead of"]) is not null || place is { } after && only.Span.First >= after.After)
            return new SwitchAsk(only, null, among, asksWhen);

        // "What did apixaban replace", "apixaban replaced what"; "what replaced warfarin", "what was warfarin replaced by".
        var isActive = only.Span.After <= verb && question[only.Span.First - 1] is not ("was" or "is" or "were" or "has") && (Has(question, "did") || Has(question, "does") || question[question.Count - 1] is "what" or "which");
        return isActive && question[verb] is "replace" or "replaced" or "replaces" or "replacement" && question[question.Count - 1] is not ("by" or "with")
            && !(question[question.Count - 1] is "what" && question[question.Count - 2] is "by" or "with" or "to")
            ? new SwitchAsk(null, only, among, asksWhen)
            : new SwitchAsk(only, null, among, asksWhen);
    }

    /// <summary>"What was she on before apixaban".</summary>
    private static SwitchAsk? ReadBefore(QuestionText question, List<DrugMention> single, DrugMention? among, bool asksWhen) =>
        !asksWhen && Follows(question, single, "before", "prior to", "before starting", "before the") is { } later && (Has(question, "what") || Has(question, "which")) && (Phrase.Find(question, ["on before", "taking before", "take before", "have before", "had before", "on prior to", "used before", "use before", "drug before", "medication before", "prescribed before", "given before"]) is not null || among is not null)
            ? new SwitchAsk(null, later, among, false)
            : null;

    private static DrugMention? Follows(QuestionText question, List<DrugMention> drugs, params string[] prepositions) =>
        drugs.Find(drug => prepositions.Any(words => Phrase.At(question, drug.Span.First - words.Split(' ').Length, words)));

    private static bool IsUnderstood(QuestionText question, int at, IReadOnlyList<DrugMention> drugs, PlannerLexicon lexicon) =>
        question.IsClaimed(at) || Within(at, drugs) || s_changing.Contains(question[at]) || s_filling.Contains(question[at]) || (lexicon.IsGlue(question[at]) && question[at] is not ("not" or "no" or "dose" or "why" or "who" or "how" or "where"));

    private static bool Within(int at, IReadOnlyList<DrugMention> drugs) => drugs.Any(drug => drug.Span.Contains(new TokenSpan(at, 1)));

    private static bool Has(QuestionText question, string word) => question.Tokens.Any(token => token.Word == word);
}
