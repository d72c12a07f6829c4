using System.Text.Json;
using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling;

/// <summary>"Who wrote the COPD exacerbation note", "is there a letter about transfusion": takes the notes in which the words stand that say what a note is about.</summary>
internal sealed class NoteNarrowing(IRecordQueryEngine engine)
{
    private static readonly string[] s_about = ["about", "regarding", "concerning", "on", "describing", "mentioning", "re"];

    /// <summary>The frame asking for notes with those words; unchanged where none say what a note is about, or no note says them all.</summary>
    public QuestionFrame Narrow(PatientRecord record, QuestionText question, QuestionFrame frame, QueryContext context)
    {
        if (frame.MentionsText || frame.NoteWords is not null || frame.Topics.FirstOrDefault(mention => mention.Topic.Kinds is [RecordKind.Document]) is not { } note || KindChoice.Leading(frame) != note.Topic)
            return frame;

        var things = frame.Concepts.Where(concept => concept.Span != note.Span && !concept.Kinds.Contains(RecordKind.Document)).ToList();
        var open = things.SelectMany(concept => QuestionText.Tokenize(concept.Words)).Concat(frame.NotUnderstood.SelectMany(QuestionText.Tokenize)).Select(token => token.Word).Distinct().ToList();
        if (open.Count == 0 || !SaysAbout(question, note, open))
            return frame;

        var selection = new RecordSelection { Kinds = [RecordKind.Document], Concepts = note.Topic.Concept is { } name ? [name] : [] };
        var texts = engine.Run(record, new RecordQuery(selection, new ListAggregate(), ResultElement.Text), context).Values
            .Where(value => value.Value.ValueKind == JsonValueKind.String).Select(value => QuestionText.Normalize(value.Value.GetString()!)).ToList();
        var saying = texts.FindAll(text => open.TrueForAll(word => Says(text, word)));
        if (saying.Count == 0)
            return frame;

        // One phrase is searched for; it may stand for all of the words where it finds the same notes.
        var phrase = open.Find(word => texts.Count(text => Says(text, word)) == saying.Count);
        return phrase is null ? frame : frame with { Concepts = [.. frame.Concepts.Except(things)], NotUnderstood = [], NoteWords = phrase };
    }

    private static bool Says(string text, string word) => $" {text} ".Contains($" {word} ", StringComparison.Ordinal);

    /// <summary>Whether every word stands straight before the note or behind "about".</summary>
    private static bool SaysAbout(QuestionText question, TopicMention note, List<string> words)
    {
        var left = words.ToHashSet(StringComparer.Ordinal);
        for (var i = note.Span.First - 1; i >= 0 && left.Remove(question[i]); i--)
        {
        }

        var at = note.Span.After;
        while (at < question.Count && !s_about.Contains(question[at]))
            at++;
        for (at++; at < question.Count; at++)
            left.Remove(question[at]);

        return left.Count == 0;
    }
}
