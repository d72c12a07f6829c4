using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Compiling.Times;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Planning.Builtin.Reading.Times;
using MedGemma.Agents.Planning.Writing;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling;

/// <summary>
/// Doubts a query that finds nothing where a slightly wider one finds something: the element that nobody filled in may be told elsewhere, the culture be called otherwise, the event
/// have happened on the very day. "None" is then a matter of how the question was read, not of the record. Safe for concurrent use.
/// </summary>
/// <param name="engine">Runs the wider queries.</param>
/// <param name="resolver">Says what bare codes may hide.</param>
/// <param name="anchors">Finds when the event of a window began.</param>
internal sealed class NoneProbes(IRecordQueryEngine engine, IConceptResolver resolver, AnchorLookup anchors)
{
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    /// <summary>Why "none" would not be sure, or null when the query finds something or none is certain.</summary>
    /// <param name="record">The record.</param>
    /// <param name="query">What was planned.</param>
    /// <param name="anchor">The event that its window hangs on, or null.</param>
    /// <param name="context">Instant and zone.</param>
    public string? Find(PatientRecord record, RecordQuery query, AnchorMention? anchor, QueryContext context)
    {
        var selection = query.Selection;
        if (selection.Kinds.Count == 0)
            return null;

        if (selection.Window?.From > context.AsOf && anchor is not null && !selection.Kinds.Any(kind => kind is RecordKind.Appointment or RecordKind.ServiceRequest or RecordKind.CarePlan or RecordKind.Goal))
            return $"\"{selection.Window.Text}\" lies ahead of the question; say which event of the past is meant.";

        var result = engine.Run(record, query, context);
        if (result.Problem is not null || result.Missing.Count > 0)
            return null;

        if (result.Matched > 0)
        {
            // What an appointment is for is mostly its description, and where a study was of its name.
            return result.Values.Count == 0 && query.Aggregate is not NthAggregate && (query.Element == ResultElement.BodySite || (query.Element == ResultElement.Reason && selection.Kinds is [RecordKind.Appointment]))
                ? $"What was asked of the {KindNames.Joined(selection.Kinds)} is not filled in where it is usually recorded, and may be told in other words; ask what is recorded of them."
                // "The second admission, in July": the second of all, or of July.
                : result.Values.Count == 0 && query.Aggregate is NthAggregate && selection.Window is not null
                ? "There are fewer of them in that time; say which one is meant by its day."
                : null;
        }

        // Found among statements, the drug would have been looked for there and not among the prescriptions.
        var otherwise = selection.RestsOn.Where(kind => !selection.Kinds.Contains(kind) && (KindFamilies.AreMedications([kind]) || KindFamilies.HasValues([kind]) || kind is RecordKind.DiagnosticReport or RecordKind.Procedure or RecordKind.Immunization)).ToArray();
        if (otherwise.Length > 0 && selection.Concepts.Any(words => resolver.Resolve(record, words, otherwise) is { Entries.IsEmpty: true, MayBeHidden: true }))
            return $"What was named may be among {KindNames.Joined(otherwise)} that the record has only as codes without a name; give its code.";

        // "Come back in" and "seen" are said of visits, too.
        if (selection.Kinds is [RecordKind.Appointment] && (anchor is not null || selection.Window?.Until <= context.AsOf))
            return "No appointment is recorded then, and a visit may be meant; ask for the visit.";

        if (selection.Concepts.FirstOrDefault(HoldsTopic) is { } words && resolver.Resolve(record, words, selection.Kinds) is { IsKnown: false })
            return $"What \"{words}\" names was not understood; ask by the name used in the record.";

        return OfMicrobiology(record, query, context) ?? BesideAnchor(record, query, anchor, context) ?? OfStanding(record, query, context) ?? OfStays(record, query, context);
    }

    /// <summary>"Oral intake", "alcohol intake": a word that says what a question is about, taken for a part of a name that nobody knows.</summary>
    private static bool HoldsTopic(string words) => words.Contains(' ', StringComparison.Ordinal)
        && QuestionText.Tokenize(words).Any(token => PlannerLexicon.Default.FindTopic(token.Word) is { Name: "intake" or "output" or "prescription" or "dose" or "administration" or "dispense" or "diagnosis" or "medication" });

    /// <summary>Cultures, specimens and drugs are called as each laboratory likes: what is not found by a name may be there by another.</summary>
    private string? OfMicrobiology(PatientRecord record, RecordQuery query, QueryContext context)
    {
        var selection = query.Selection;
        if (selection.Kinds is [RecordKind.Susceptibility] && !record.OfKind(RecordKind.Susceptibility).Any() && (record.OfKind(RecordKind.Organism).Any() || record.OfKind(RecordKind.MicrobiologyTest).Any()))
            return "Cultures are recorded, and no susceptibility results that are known as such; ask for the culture's result.";

        return (selection.Kinds.All(kind => kind is RecordKind.Organism or RecordKind.Susceptibility) || (selection.Kinds is [RecordKind.Output] && query.Aggregate is not ExistsAggregate)) && (selection.Concepts.Count > 0 || selection.Via is not null)
            && !(selection.Value is not null && Finds(record, query, selection with { Value = null }, context))
            && Finds(record, query, selection with { Concepts = [], Via = null, Value = null }, context)
            ? $"Other {KindNames.Joined(selection.Kinds)} are recorded then, and what was named may be among them by another name; ask for all of them."
            : null;
    }

    /// <summary>"After the operation" on the day of the operation, "before the admission" at the admission.</summary>
    private string? BesideAnchor(PatientRecord record, RecordQuery query, AnchorMention? anchor, QueryContext context)
    {
        if (anchor is not { Relation: AnchorRelation.After or AnchorRelation.Before or AnchorRelation.Since } || (KindFamilies.AreStays(query.Selection.Kinds) && anchor.Event.Topic is { } visit && KindFamilies.AreStays(visit.Topic.Kinds)) || query.Selection.Window is not { } window || anchors.FindStart(record, anchor, context) is not { } start)
            return null;

        var day = TimeZoneInfo.ConvertTime(start, context.Zone).Date;
        var begins = new DateTimeOffset(day, context.Zone.GetUtcOffset(day));
        var wider = anchor.Relation == AnchorRelation.Before ? window with { Until = begins + s_day } : window with { From = begins };
        return Finds(record, query, query.Selection with { Window = wider }, context)
            ? $"Nothing is recorded {window.Text}, but something on that day or meanwhile; ask by the day."
            : null;
    }

    /// <summary>What was consented to and decided stands until it is revoked.</summary>
    private string? OfStanding(PatientRecord record, RecordQuery query, QueryContext context) =>
        query.Selection is { Window: { From: not null } window } selection && selection.Kinds.Any(kind => kind is RecordKind.Consent or RecordKind.Coverage)
        && Finds(record, query, selection with { Window = window with { From = null } }, context)
            ? $"Nothing is recorded {window.Text}, but something before, which may still have stood; ask without the time."
            : null;

    /// <summary>A stay that began or ended a day off, or one that lies in a ward by another name.</summary>
    private string? OfStays(PatientRecord record, RecordQuery query, QueryContext context)
    {
        var selection = query.Selection;
        if (selection.Kinds is [RecordKind.CareUnit] && query.Aggregate is not ExistsAggregate && (selection.Concepts.Count > 0 || selection.Via is not null) && Finds(record, query, selection with { Concepts = [], Via = null }, context))
            return "The places in which the patient lay are recorded by other names; ask for all of them.";

        return KindFamilies.AreStays(selection.Kinds) && selection.Window is { From: { } from, Until: { } until } window && until - from <= 2 * s_day
            && Finds(record, query, selection with { Window = window with { From = from - s_day, Until = until + s_day }, BeganInWindow = false }, context)
            ? $"Nothing is recorded {window.Text}, but something within a day of it; ask by the stay."
            : null;
    }

    private bool Finds(PatientRecord record, RecordQuery query, RecordSelection wider, QueryContext context) => engine.Run(record, query with { Selection = wider, Aggregate = new ListAggregate() }, context).Matched > 0;
}
