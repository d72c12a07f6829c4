using System.Globalization;
using MedGemma.Agents.Planning.Builtin.Reading.Medicines;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Medicines;

/// <summary>
/// Finds the drug that took the place of another. Records seldom link the two, so it is the only drug of the same class, or for the same reason, whose first order came when the last
/// order of the other ended; where there is none or more than one, nothing is said.
/// </summary>
internal sealed class Replacement(IRecordQueryEngine engine, IConceptResolver resolver, ConceptVocabulary vocabulary)
{
    private static readonly TimeSpan s_overlap = TimeSpan.FromDays(7);

    private static readonly TimeSpan s_gap = TimeSpan.FromDays(31);

    /// <summary>The query that answers, with what must be said of it, or null with the reason.</summary>
    public (RecordQuery? Query, string Reason) Find(PatientRecord record, SwitchAsk ask, QueryContext context)
    {
        RecordKind kind = record.OfKind(RecordKind.MedicationRequest).IsEmpty ? RecordKind.MedicationStatement : RecordKind.MedicationRequest;
        var drugs = Drugs(record, kind, context);
        if (ask is { From: { } old, To: { } next })
        {
            var (from, to) = (Of(drugs, old), Of(drugs, next));
            return from is null || to is null || !Follows(from, to)
                ? (null, $"The record does not show that \"{old.Words}\" was followed by \"{next.Words}\"; ask when each was begun and when it ended.")
                : (Query(kind, to, ask.AsksWhen, new EarliestAggregate()), Said(from, to));
        }

        if ((ask.From ?? ask.To) is not { } named || Of(drugs, named) is not { } known)
            return (null, $"No prescriptions of \"{(ask.From ?? ask.To)?.Words}\" are recorded from which a change could be told.");

        var others = drugs.Where(other => other != known && (ask.From is not null ? Follows(known, other) : Follows(other, known)) && AreAlike(record, kind, known, other)
            && (ask.Among is null || ask.Among.Entries.Any(entry => other.Names.Contains(entry.Name)))).ToList();
        if (others is not [var found])
        {
            return (null, others.Count == 0
                ? $"The record shows no drug of the same class or for the same reason that {(ask.From is not null ? "was begun when" : "ended when")} \"{named.Words}\" {(ask.From is not null ? "ended" : "was begun")}."
                : $"Several drugs were changed when \"{named.Words}\" was; ask for one by its name.");
        }

        return ask.From is not null
            ? (Query(kind, found, ask.AsksWhen, new EarliestAggregate()), Said(known, found))
            : ask.AsksWhen ? (Query(kind, known, true, new EarliestAggregate()), Said(found, known)) : (Query(kind, found, false, new LatestAggregate()), Said(found, known));
    }

    private static RecordQuery Query(RecordKind kind, Drug drug, bool when, Aggregate aggregate) =>
        new(new RecordSelection { Kinds = [kind], Concepts = [drug.Names[0]], RestsOn = [kind] }, aggregate, when ? ResultElement.Start : ResultElement.Name);

    private static string Said(Drug from, Drug to) =>
        $"The record does not link the two: {to.Names[0]} was first ordered on {Day(to.First)}, when the last order of {from.Names[0]} had ended ({Day(from.End!.Value)}), and is of the same class or for the same reason.";

    private static string Day(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static bool Follows(Drug from, Drug to) => from.End is { } end && to.First >= end - s_overlap && to.First <= end + s_gap && to.First > from.First;

    /// <summary>The drug of the record that the words name: all orders of one ingredient.</summary>
    private static Drug? Of(IReadOnlyList<Drug> drugs, DrugMention mention) =>
        drugs.Where(drug => mention.Entries.Any(entry => drug.Names.Contains(entry.Name))).ToList() is [var only] ? only : null;

    private bool AreAlike(PatientRecord record, RecordKind kind, Drug one, Drug other) =>
        one.Reasons.Overlaps(other.Reasons)
        || vocabulary.Terms.Any(term => term is { Category: VocabularyCategory.DrugClass, IsGroup: true } && resolver.Resolve(record, term.Name, [kind]).Entries is { Length: > 1 } members
            && members.Any(entry => one.Names.Contains(entry.Name)) && members.Any(entry => other.Names.Contains(entry.Name)));

    /// <summary>The drugs that were ordered, products of one drug together, with when the first order of each began and the last ended.</summary>
    private List<Drug> Drugs(PatientRecord record, RecordKind kind, QueryContext context)
    {
        var byDrug = record.Concepts.Entries.Where(entry => entry.Kinds.Contains(kind))
            .GroupBy(entry => vocabulary.Find(entry.Name).FirstOrDefault(term => term.Category == VocabularyCategory.Drug)?.Name ?? Ingredient(entry.Name), StringComparer.OrdinalIgnoreCase);
        var drugs = new List<Drug>();
        foreach (var group in byDrug)
        {
            string[] names = [.. group.Select(entry => entry.Name)];
            var selection = new RecordSelection { Kinds = [kind], Concepts = names };
            if (Moment(record, new RecordQuery(selection, new EarliestAggregate(), ResultElement.Start), context) is not { } first)
                continue;

            var isCurrent = engine.Run(record, new RecordQuery(selection with { CurrentOnly = true }, new ExistsAggregate()), context).Values is [{ Value.ValueKind: System.Text.Json.JsonValueKind.True }];
            var end = isCurrent ? null : Moment(record, new RecordQuery(selection, new LatestAggregate(), ResultElement.End), context);
            var reasons = engine.Run(record, new RecordQuery(selection, new ListAggregate(), ResultElement.Reason), context).Values.Select(value => value.Value.ToString()).ToHashSet(StringComparer.OrdinalIgnoreCase);
            drugs.Add(new Drug(names, first, end, reasons));
        }

        return drugs;
    }

    // "Warfarin sodium 5 MG Oral Tablet": the words before the strength.
    private static string Ingredient(string name)
    {
        var words = name.Split(' ').SkipWhile(word => char.IsAsciiDigit(word[0]) || word is "HR" or "ML" or "ACTUAT").TakeWhile(word => word.Length > 0 && !char.IsAsciiDigit(word[0])).ToList();
        return words.Count == 0 ? name : words[0];
    }

    private DateTimeOffset? Moment(PatientRecord record, RecordQuery query, QueryContext context) =>
        engine.Run(record, query, context) is { Outcome: QueryOutcome.Found, Values: [{ Value: var value }, ..] } && DateTimeOffset.TryParse(value.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;

    private sealed record Drug(IReadOnlyList<string> Names, DateTimeOffset First, DateTimeOffset? End, HashSet<string> Reasons);
}
