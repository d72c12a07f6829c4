using System.Text.Json;
using MedGemma.Agents.Planning.Builtin.Grounding;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling;

/// <summary>
/// Answers what a text is asked by quoting the text: no words of it are understood, so that nothing is concluded from them. Of several texts those are quoted in which the words of the
/// question stand.
/// </summary>
internal sealed class TextQuote(IRecordQueryEngine engine)
{
    /// <summary>What is said with every quotation.</summary>
    public const string Reading = "The text is quoted as it stands; what it says of the question is for its reader to judge.";

    private const int MostQuoted = 5;

    /// <summary>The query that quotes, or null with the reason why none does.</summary>
    /// <param name="record">The record.</param>
    /// <param name="source">Which texts are meant.</param>
    /// <param name="window">When they were written, or null.</param>
    /// <param name="restsOn">Kinds that the window was chosen by.</param>
    /// <param name="context">The instant of the question.</param>
    public (RecordQuery? Query, string Reason) Find(PatientRecord record, TextSource source, QueryWindow? window, IReadOnlyList<RecordKind> restsOn, QueryContext context)
    {
        var selection = new RecordSelection
        {
            Kinds = [source.Kind],
            Concepts = source.Name is { } name ? [name] : [],
            Window = window,
            RestsOn = source.Kind == RecordKind.ImagingStudy ? [.. restsOn, RecordKind.DiagnosticReport] : restsOn,
        };
        if (source.Which is { } which)
            return (new RecordQuery(selection, which, ResultElement.Text), Reading);

        var texts = Texts(record, selection, context);
        if (texts.Count == 0)
            return (null, "No text that could be quoted is recorded where the question points to one.");

        if (texts.Count == 1)
            return (new RecordQuery(selection, new ListAggregate(), ResultElement.Text), Reading);

        // The words that tell the texts apart: of several notes, those that say most of what is asked.
        var counts = texts.ConvertAll(text => source.Asked.Count(word => Says(text, word)));
        var most = counts.Max();
        if (most == 0 && source.Kind == RecordKind.DiagnosticReport)
            return (new RecordQuery(selection, new LatestAggregate(), ResultElement.Text), Reading);

        var chosen = Enumerable.Range(0, texts.Count).Where(i => counts[i] == most).ToList();
        if (most == 0 || chosen.Count > MostQuoted)
            return source.Name is not null && texts.Count <= MostQuoted
                ? (new RecordQuery(selection, new ListAggregate(), ResultElement.Text), Reading)
                : (null, "Several texts may be meant; say which one, or a word that stands in it.");

        foreach (var word in source.Asked.Where(word => chosen.TrueForAll(i => Says(texts[i], word))))
            if (engine.Run(record, new RecordQuery(selection with { NoteText = word }, new ListAggregate(), ResultElement.Text), context).Values.Count == chosen.Count)
                return (new RecordQuery(selection with { NoteText = word }, new ListAggregate(), ResultElement.Text), Reading);

        return chosen.Count == texts.Count
            ? (new RecordQuery(selection, new ListAggregate(), ResultElement.Text), Reading)
            : (null, "Several texts may be meant; say which one, or a word that stands in it.");
    }

    /// <summary>Whether reports of a name say anything in words.</summary>
    public bool ReportSays(PatientRecord record, string name, QueryContext context) =>
        Texts(record, new RecordSelection { Kinds = [RecordKind.DiagnosticReport], Concepts = [name] }, context).Count > 0;

    private List<string> Texts(PatientRecord record, RecordSelection selection, QueryContext context) =>
        [.. engine.Run(record, new RecordQuery(selection, new ListAggregate(), ResultElement.Text), context).Values
            .Where(value => value.Value.ValueKind == JsonValueKind.String).Select(value => value.Value.GetString()!)];

    private static bool Says(string text, string word) => QuestionText.Tokenize(text).Any(token => token.Word == word);
}
