using System.Text.Json;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Planning.Builtin.Reading.Medicines;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Kinds;

/// <summary>
/// Finds the report that says what a question asks for and the record has nowhere as a datum of its own: an ejection fraction or a stage in a conclusion, "was there hydronephrosis". The report is
/// quoted; nothing is concluded from its words.
/// </summary>
internal sealed class ReportMention(IRecordQueryEngine engine, ConceptVocabulary vocabulary, PlannerLexicon lexicon)
{
    /// <summary>The query that quotes the report, or null when no report has all of the words or the question asks for more than they say.</summary>
    /// <param name="record">The record.</param>
    /// <param name="frame">What was understood, with the words that were not.</param>
    /// <param name="context">The instant of the question.</param>
    public RecordQuery? Find(PatientRecord record, QuestionFrame frame, QueryContext context)
    {
        if (frame is not { Asking: Asking.Plain or Asking.All or Asking.Name or Asking.YesNo, Ordering: null or LatestAggregate, Value: null, Anchor: null, Interval: null, Duration: null, Each: null, Certainty: null, Setting: null, LastCount: null, ComparedWith: null, News: false, MentionsText: false }
            || frame.Medicine != MedicineAsk.None || frame.Asks.Who || frame.Asks.Where || frame.Topics.Count + frame.Concepts.Count == 0 && frame.Asking != Asking.YesNo || frame.Statuses.Count > 0 || frame.Topics.Any(mention => !IsOfReports(mention.Topic))
            || !WindowNarrowing.TryNarrow([.. frame.Times.Select(phrase => phrase.Window)], out var window))
            return null;

        var reports = frame.Concepts.Where(concept => concept.Entries.Any(entry => entry.Kinds.Contains(RecordKind.DiagnosticReport))).ToList();
        var asked = Alternatives(frame, reports);
        if (asked.Count == 0 && !CultureReports.HoldAll(record, frame))
            return null;

        var selection = new RecordSelection { Kinds = [RecordKind.DiagnosticReport], Concepts = [.. reports.SelectMany(concept => concept.Names)], Window = window };
        // "What is the urine culture resistant to": its report is all that can say it.
        if (asked.Count == 0)
            return reports.Count > 0 && Run(record, selection, new LatestAggregate(), context).Count > 0 ? new RecordQuery(selection, new LatestAggregate(), ResultElement.Text) : null;

        var said = Run(record, selection, new ListAggregate(), context);
        var saying = said.FindAll(one => asked.TrueForAll(phrases => phrases.Exists(phrase => Says($"{one.Name} {one.Text}", phrase))));
        if (saying.Count == 0)
            return null;

        // One phrase is searched for; it may stand for all of the words where it finds that report, if need be among those of its name.
        var (text, name) = saying[^1];
        var phrases = asked.SelectMany(words => words).Where(phrase => Says(text, phrase)).OrderByDescending(phrase => phrase.Length).ToList();
        return phrases.Select(phrase => selection with { NoteText = phrase })
            .Concat(name is null ? [] : phrases.Select(phrase => selection with { NoteText = phrase, Concepts = [name] }))
            .Concat(name is null ? [] : [selection with { Concepts = [name] }])
            .Where(candidate => Run(record, candidate, new LatestAggregate(), context) is [var found] && found.Text == text)
            // A report is quoted where the result itself is nowhere; it may be among what was not supplied.
            .Select(candidate => new RecordQuery(candidate with { RestsOn = [RecordKind.Observation] }, new LatestAggregate(), ResultElement.Text))
            .FirstOrDefault();
    }

    private List<(string Text, string? Name)> Run(PatientRecord record, RecordSelection selection, Aggregate which, QueryContext context) =>
        [.. engine.Run(record, new RecordQuery(selection, which, ResultElement.Text), context).Values
            .Where(value => value.Value.ValueKind == JsonValueKind.String)
            .Select(value => (value.Value.GetString()!, value.Evidence.Count > 0 && record.TryFollow(value.Evidence[0].Resource.ToString(), out var report) ? report.Concept?.Name : null))];

    /// <summary>For each thing that the record lacks the phrases that say it.</summary>
    private List<List<string>> Alternatives(QuestionFrame frame, List<ConceptMention> reports)
    {
        var asked = new List<List<string>>();
        foreach (var concept in frame.Concepts.Except(reports))
        {
            if (!concept.Entries.IsEmpty && concept.Entries.All(entry => entry.Kinds.Any(kind => kind is RecordKind.LaboratoryResult or RecordKind.VitalSign)))
                return [];

            if (concept.Words.ToLowerInvariant() is not ("antibiotic" or "antibiotics" or "antimicrobials"))
                asked.Add([.. vocabulary.Find(concept.Words).Where(term => !term.IsGroup).SelectMany(term => term.Names).Append(concept.Words).Where(name => name.Length > 1).Distinct(StringComparer.OrdinalIgnoreCase)]);
        }

        asked.AddRange(frame.NotUnderstood.SelectMany(QuestionText.Tokenize).Select(token => token.Word).Where(word => !lexicon.IsGlue(word)).Distinct().Select(word => new List<string>([word, .. BodyParts.OtherWordsFor(word)])));
        return frame.NotUnderstood.Count > 0 && frame.NotUnderstood.SelectMany(QuestionText.Tokenize).All(token => lexicon.IsGlue(token.Word)) ? [] : asked;
    }

    private static bool Says(string text, string phrase) => $" {QuestionText.Normalize(text)} ".Contains($" {QuestionText.Normalize(phrase)} ", StringComparison.Ordinal);

    private static bool IsOfReports(Topic topic) => topic.Name is "report" or "radiology report" or "pathology report" or "imaging" or "observation" or "laboratory" or "study" or "performed" or "name" or "diagnosis" or "organism" or "susceptibility" or "susceptible" or "resistant" || topic is { Rank: 0, Element: null };
}
