using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Planning.Builtin.Reading.Visits;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Grounding;

/// <summary>A text of the record that a question is to be answered from: "according to the discharge summary", "metastases on the CT".</summary>
/// <param name="Kind">Document, ImagingStudy or DiagnosticReport.</param>
/// <param name="Name">What the text is called among its kind, or null for any.</param>
/// <param name="Rest">The question without the words that name the source.</param>
/// <param name="Asked">Words of what is asked of it, without those that carry no meaning.</param>
/// <param name="Which">Which of several by time, or null where the question does not say.</param>
internal sealed record TextSource(RecordKind Kind, string? Name, string Rest, IReadOnlyList<string> Asked, Aggregate? Which = null)
{
    private const int LongestName = 6;

    /// <summary>Finds the source, or null when the question names none.</summary>
    public static TextSource? Find(PatientRecord record, IConceptResolver resolver, PlannerLexicon lexicon, string clause, Func<string, bool> reportSays)
    {
        var question = new QuestionText(clause);

        // Whether a note mentions something is asked of every note.
        if (question.Tokens.Any(token => token.Word is "mention" or "mentions" or "mentioned" or "mentioning"))
            return null;

        if (Subject(question, lexicon) is { } subject)
            return subject with { Rest = clause };

        var reports = new ReportSource(record, resolver, lexicon, question, reportSays);
        if (reports.Subject() is { } study)
            return study;

        for (var first = 1; first < question.Count; first++)
        {
            if (SourceReader.Leading(question, first) is not (var lead and > 0))
                continue;

            for (var length = Math.Min(LongestName, question.Count - first); length > 0; length--)
            {
                var span = new TokenSpan(first, length);
                if (Document(lexicon, question, span) is not { } source || !MayBe(question, source, first))
                    if (Imaging(record, resolver, question, span) is { } image)
                        source = image;
                    else if (reports.Of(span, first - lead) is { } report)
                        return report;
                    else
                        continue;

                var asked = AskedOf(question, lexicon, first - lead, span.After);
                if (asked.Count > 0)
                    return source with { Rest = $"{clause[..question.Tokens[first - lead].Start]}{clause[question.Tokens[span.After - 1].End..]}", Asked = asked };
            }
        }

        return null;
    }

    /// <summary>"What does the discharge summary say about where she went", "what do the notes say he eats".</summary>
    private static TextSource? Subject(QuestionText question, PlannerLexicon lexicon)
    {
        if (question[0] is not "what" || question[1] is not ("does" or "do" or "did"))
            return null;

        var first = question[2] is "the" or "his" or "her" or "my" or "last" or "latest" ? 3 : 2;
        for (var length = Math.Min(LongestName, question.Count - first); length > 0; length--)
        {
            var span = new TokenSpan(first, length);
            if (Document(lexicon, question, span) is not { } source || question[span.After] is not ("say" or "state" or "report" or "describe" or "tell") || span.After + 1 >= question.Count)
                continue;

            var asked = AskedOf(question, lexicon, 0, span.After + 1);
            return source.Name is null && asked.Count == 0 ? null : source with { Asked = asked };
        }

        return null;
    }

    private static TextSource? Document(PlannerLexicon lexicon, QuestionText question, TokenSpan span) =>
        lexicon.FindTopic(question.Words(span)) is { Kinds: [RecordKind.Document] } topic ? new TextSource(RecordKind.Document, topic.Concept, "", []) : null;

    // "In my notes" is in the chart; "in the discharge summary" is in that text.
    private static bool MayBe(QuestionText question, TextSource source, int first) => source.Name is not null || SourceReader.IsCertain(question, first);

    private static TextSource? Imaging(PatientRecord record, IConceptResolver resolver, QuestionText question, TokenSpan span)
    {
        var words = question.Slice(span);

        // When, how often and by whom are not said by the text; "mg" is no mammography.
        return question[0] is not ("when" or "who" or "where") && !(question[0] is "how" && question[1] is "many" or "often" or "long")
            && words.Length > 1 && char.IsLetter(words[0]) && resolver.Resolve(record, words, [RecordKind.ImagingStudy]) is { Entries.IsEmpty: false, Match.How: var how } && (how is "synonym" or "class" || (how is "text" && words.Length > 3))
            ? new TextSource(RecordKind.ImagingStudy, words, "", [])
            : null;
    }

    /// <summary>What is asked of the source: every word with a meaning of its own outside of the words that name it and before a date.</summary>
    public static List<string> AskedOf(QuestionText question, PlannerLexicon lexicon, int from, int after)
    {
        var asked = new List<string>();
        for (var i = 0; i < question.Count; i++)
            if ((i < from || i >= after) && !lexicon.IsGlue(question[i]) && question[i].Length > 1 && !char.IsAsciiDigit(question[i][0]))
                asked.Add(question[i]);

        return asked;
    }
}
