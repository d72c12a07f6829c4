using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling;

/// <summary>Turns a frame into record queries, or says why it cannot.</summary>
internal sealed class FrameCompiler(PlannerConventions conventions)
{
    private static readonly string[] s_codeStatusNames = ["code status", "resuscitation status", "do not resuscitate", "full code"];

    private readonly KindChoice _kinds = new(conventions);

    /// <summary>Compiles a frame.</summary>
    /// <param name="frame">What was understood.</param>
    /// <param name="asOf">The instant of the question.</param>
    /// <param name="hasAny">Whether the record has anything of a kind.</param>
    /// <param name="standsInRecord">Whether the record has anything by a name.</param>
    /// <param name="anchored">The window of the frame's anchor, already looked up, or null.</param>
    public CompiledClause Compile(QuestionFrame frame, QueryWindow? anchored, DateTimeOffset asOf, Func<string, bool> standsInRecord, Func<RecordKind, bool> hasAny)
    {
        if (frame.NotUnderstood.Count > 0)
            return new CompiledClause.NotUnderstood(Explain(frame));

        var kinds = _kinds.Choose(frame);
        if (kinds.Count == 0)
            return new CompiledClause.NotUnderstood("The question does not say what in the record it is about; name a test, a drug, a diagnosis, a procedure or a visit.");

        // Where organisms are no Observations of their own, the cultures say them.
        var byCulture = kinds is [RecordKind.Organism] && !hasAny(RecordKind.Organism) && hasAny(RecordKind.MicrobiologyTest);
        if (byCulture)
            kinds = [RecordKind.MicrobiologyTest];

        var windows = frame.Times.Select(phrase => phrase.Window).ToList();
        if (anchored is not null)
            windows.Add(anchored);
        if (kinds is [RecordKind.Appointment] && frame.Upcoming && windows.Count == 0)
            windows.Add(new QueryWindow(asOf, null, "from now on"));
        if (!WindowNarrowing.TryNarrow(windows, out var window))
            return new CompiledClause.NotUnderstood($"The times in the question share no moment: {string.Join("; ", windows.Select(one => one.Text))}.");

        var leading = KindChoice.Leading(frame);
        var selection = new RecordSelection
        {
            Kinds = kinds,
            Route = frame.Route,
            Via = frame.Via,
            Window = window,
            Value = frame.Value,
            CurrentOnly = frame.Topics.Any(mention => mention.Topic.Current) || ((frame.Now || kinds is [RecordKind.Device] && windows.Count == 0 && !frame.Ever && frame.Asking is not Asking.Time) && KindFamilies.AreStates(kinds)),
        };
        selection = TakeSpecimen(frame, selection, out var concepts);
        if (kinds is [RecordKind.Document] && concepts.Count > 0 && frame.MentionsText)
        {
            selection = selection with { NoteText = string.Join(' ', concepts.Select(concept => concept.Words)) };
            concepts = [];
        }

        if (leading?.Special == "pending")
            selection = selection with { Statuses = ["registered", "partial", "preliminary", "active", "on-hold"] };
        else if (leading?.Special == "code-status" && concepts.Count == 0)
            return new CompiledClause.Understood([new RecordQuery(selection with { Concepts = [CodeStatusName(standsInRecord)] }, new LatestAggregate())], Readings(frame, kinds));
        else if (leading?.Special is { } unsupported and not "code-status")
            return new CompiledClause.NotUnderstood($"Understood: a question about {unsupported}, which needs more than one search; ask for the list of stays instead.");

        // "Is the E. coli sensitive to ceftriaxone": the antibiotic is what was tested.
        if (kinds is [RecordKind.Susceptibility] && concepts.Any(concept => concept.Kinds.Contains(RecordKind.Susceptibility)))
            concepts = [.. concepts.Where(concept => concept.Kinds.Contains(RecordKind.Susceptibility))];

        var readings = Readings(frame, kinds);
        var element = byCulture ? ResultElement.Organism : ChooseElement(frame with { Concepts = concepts }, kinds, leading);
        var aggregate = ChooseAggregate(frame, kinds, ref element);

        // Things joined by "or" are one question; named side by side for their values they are one question each.
        var together = concepts.Count <= 1 || aggregate is ExistsAggregate or CountAggregate;
        if (together)
            return new CompiledClause.Understood([new RecordQuery(selection with { Concepts = [.. concepts.Select(c => c.Words)] }, aggregate, element, frame.Unit)], readings);

        return new CompiledClause.Understood(
            [.. concepts.Select(concept => new RecordQuery(selection with { Concepts = [concept.Words] }, aggregate, element, frame.Unit))],
            readings);
    }

    private static string CodeStatusName(Func<string, bool> standsInRecord) =>
        s_codeStatusNames.FirstOrDefault(standsInRecord) ?? s_codeStatusNames[0];

    private static RecordSelection TakeSpecimen(QuestionFrame frame, RecordSelection selection, out IReadOnlyList<ConceptMention> concepts)
    {
        concepts = frame.Concepts;
        if (!selection.Kinds.Any(kind => kind is RecordKind.Organism or RecordKind.MicrobiologyTest or RecordKind.Susceptibility) || selection.Via is not null)
            return selection;

        var specimen = frame.Concepts.FirstOrDefault(concept => concept.Kinds.Any() && concept.Kinds.All(kind => kind is RecordKind.Specimen or RecordKind.Any));
        specimen ??= frame.Concepts.FirstOrDefault(concept => concept.Kinds.Contains(RecordKind.Specimen) && !concept.Kinds.Any(selection.Kinds.Contains));
        if (specimen is null)
            return selection;

        concepts = [.. frame.Concepts.Where(concept => concept != specimen)];
        return selection with { Via = specimen.Words };
    }

    private static ResultElement ChooseElement(QuestionFrame frame, IReadOnlyList<RecordKind> kinds, Topic? leading)
    {
        if (leading?.Element is { } own && own is not ResultElement.Name && !(own is ResultElement.Dose && (!KindFamilies.AreMedications(kinds) || frame.SaysWhen || frame.Asking is Asking.YesNo or Asking.Count)))
            return own;

        foreach (var mention in frame.Topics)
            if (mention.Topic.Element is { } asked && mention.Topic.Rank == 0 && asked is not ResultElement.Name)
                return asked;

        if (leading?.Element is ResultElement.Name)
            return ResultElement.Name;

        var named = frame.Topics.Any(mention => mention.Topic.Element == ResultElement.Name && mention.Topic.Rank == 0);
        return frame.Asking switch
        {
            Asking.Name => ResultElement.Name,
            _ when named && frame.Asking is not (Asking.Count or Asking.YesNo) => ResultElement.Name,
            Asking.Time => ResultElement.Start,
            Asking.Duration when KindFamilies.AreStays(kinds) => ResultElement.Duration,
            Asking.Plain or Asking.All when KindFamilies.AreStays(kinds) => ResultElement.Start,
            // "the last prescription of propofol": the thing is given, so what is asked is when.
            Asking.Plain when frame.Ordering is EarliestAggregate or LatestAggregate or NthAggregate && frame.Concepts.Count > 0 && !KindFamilies.HasValues(kinds) => ResultElement.Start,
            Asking.Plain when frame.Concepts.Count == 0 && !KindFamilies.HasValues(kinds) => ResultElement.Name,
            Asking.Plain when frame.Concepts.Count == 0 && frame.Ordering is not null => ResultElement.Name,
            _ => ResultElement.Default,
        };
    }

    private Aggregate ChooseAggregate(QuestionFrame frame, IReadOnlyList<RecordKind> kinds, ref ResultElement element)
    {
        if (kinds is [RecordKind.Patient])
            return new LatestAggregate();

        if (frame.Asking == Asking.Count)
        {
            var orders = kinds is [RecordKind.MedicationRequest];
            var countsThings = frame.Distinct
                || (orders && frame.Concepts.Count == 0 && (conventions.Prescriptions == PrescriptionCounting.DistinctMedications
                    || !frame.Topics.Any(mention => mention.Topic.Name == "prescription")))
                || kinds is [RecordKind.Medication] or [RecordKind.Allergy] or [RecordKind.Condition] && frame.Concepts.Count == 0;
            element = ResultElement.Default;
            return new CountAggregate(countsThings);
        }

        // That a susceptibility was tested is no answer to whether it is given: the result is.
        if (kinds is [RecordKind.Susceptibility] && frame.Asking is Asking.YesNo or Asking.Plain or Asking.Name or Asking.All)
        {
            element = ResultElement.Value;
            return frame.Concepts.Count > 0 ? frame.Ordering ?? new LatestAggregate() : frame.Ordering ?? new ListAggregate();
        }

        // "Any allergies?" is never answered by yes or no: an entry may say that none is known.
        if (kinds is [RecordKind.Allergy] && frame.Concepts.Count == 0 && frame.Asking == Asking.YesNo)
        {
            element = ResultElement.Name;
            return new ListAggregate(true);
        }

        if (frame.Asking == Asking.YesNo && frame.Value is not null && KindFamilies.HasValues(kinds) && !frame.Times.Any() && !frame.Ever)
            return frame.Ordering ?? new LatestAggregate();

        if (frame.Asking == Asking.YesNo && frame.Ordering is null && element is ResultElement.Default or ResultElement.Name or ResultElement.Start)
        {
            element = ResultElement.Default;
            return new ExistsAggregate();
        }

        if (frame.Asking == Asking.Duration && element is not ResultElement.Duration)
        {
            element = ResultElement.Default;
            return new TimeBetweenAggregate(null);
        }

        if ((frame.Total || frame.Topics.Any(mention => mention.Topic.Name == "urine output")) && frame.Concepts.Count > 0 && kinds.All(kind => kind is RecordKind.Output or RecordKind.Intake))
            return new StatisticAggregate(Statistic.Sum);

        if (frame.Ordering is StatisticAggregate or TrendAggregate or DeltaAggregate or ExtremeAggregate && element is ResultElement.Default)
            return frame.Ordering;

        if (frame.Ordering is { } ordering)
            return ordering;

        // "Who is the attending": of the last stay.
        if (element == ResultElement.Performer && KindFamilies.AreStays(kinds) && frame.Times.Count == 0)
            return new LatestAggregate();

        // "The next appointment" is the first of those to come.
        if (frame.Next && kinds is [RecordKind.Appointment])
            return new EarliestAggregate();

        // "When did I stop warfarin": the end of the last order, not of each.
        if (element == ResultElement.End && frame.SaysWhen && frame.Concepts.Count > 0)
            return new LatestAggregate();

        if (element == ResultElement.Default && frame.Concepts.Count > 0 && KindFamilies.HasValues(kinds) && frame.Asking != Asking.All && frame.Value is null)
            return new LatestAggregate();

        return new ListAggregate(Distinct: element is ResultElement.Name or ResultElement.Default && !KindFamilies.HasValues(kinds));
    }

    private static List<string> Readings(QuestionFrame frame, IReadOnlyList<RecordKind> kinds)
    {
        var readings = new List<string>();
        foreach (var phrase in frame.Times.Where(phrase => phrase.Reading is not null))
            readings.Add($"\"{phrase.Window.Text}\" is read {phrase.Reading}.");

        if (frame.Topics.Any(mention => mention.Topic.Given) && kinds is [RecordKind.MedicationRequest])
            readings.Add("Orders are counted; that a drug was ordered does not say that it was given.");

        return readings;
    }

    private static string Explain(QuestionFrame frame)
    {
        var understood = new List<string>();
        understood.AddRange(frame.Concepts.Select(concept => $"\"{concept.Words}\""));
        understood.AddRange(frame.Topics.Where(mention => mention.Topic.Rank > 1).Select(mention => mention.Topic.Name));
        understood.AddRange(frame.Times.Select(phrase => $"the time \"{phrase.Window.Text}\""));
        var unknown = string.Join(", ", frame.NotUnderstood.Select(word => $"\"{word}\""));
        return understood.Count == 0
            ? $"Not understood: {unknown}. Name a test, a drug, a diagnosis, a procedure or a visit of this record, and what you want to know of it."
            : $"Not understood: {unknown}. Understood: {string.Join(", ", understood)}. Put it without the words that were not understood, or with the name used in the record.";
    }
}
