using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Grounding;

/// <summary>Reads a report that a question asks something of: "did the CT head show a bleed", "ejection fraction on the last echo", "bone density: T-score?".</summary>
/// <param name="record">The record.</param>
/// <param name="resolver">Finds what words mean in it.</param>
/// <param name="lexicon">The planner's words.</param>
/// <param name="question">The clause.</param>
/// <param name="says">Whether the reports of a name say anything in words.</param>
internal sealed class ReportSource(PatientRecord record, IConceptResolver resolver, PlannerLexicon lexicon, QuestionText question, Func<string, bool> says)
{
    private const int LongestName = 6;

    private static readonly RecordKind[] s_measured = [RecordKind.LaboratoryResult, RecordKind.VitalSign, RecordKind.Observation];

    // What reports are made on.
    private static readonly string[] s_materials = ["blood", "urine", "serum", "plasma", "stool", "sputum", "csf", "wound", "swab", "skin", "body", "chest", "head", "tissue", "fluid", "specimen", "sample"];

    /// <summary>"Did the chest X-ray show an effusion", "does the latest echo mention the valve", "bone density: T-score".</summary>
    public TextSource? Subject()
    {
        var asks = question[0] is "did" or "does" or "do" || (question[0] is "what" && question[1] is "did" or "does" or "do");
        var first = asks ? question[0] is "what" ? 2 : 1 : 0;
        while (IsBeforeName(first))
            first++;

        for (var length = Math.Min(LongestName, question.Count - first - 1); length > 0; length--)
        {
            var span = new TokenSpan(first, length);
            var verb = asks ? VerbAfter(span.After) : question.Gap(span.After).Contains(':', StringComparison.Ordinal) ? span.After : -1;
            if (verb >= 0 && Named(span) is { } source && TextSource.AskedOf(question, lexicon, 0, verb) is var asked && (asked.Count > 0 || question.Tokens.Any(token => token.Word is "anything" or "something")) && !IsMeasured(asked))
                return source with { Rest = $"{question.Text[..question.Tokens[first].Start]}{question.Text[question.Tokens[span.After - 1].End..question.Tokens[verb].Start]}", Asked = asked };
        }

        return null;
    }

    /// <summary>The report that a span behind a preposition names.</summary>
    /// <param name="span">The words that may name one.</param>
    /// <param name="from">First token of what leads to it.</param>
    public TextSource? Of(TokenSpan span, int from)
    {
        if (question[0] is "when" or "who" or "where" || question.Tokens.Any(token => token.Word is "when" or "date" or "time") || (question[0] is "how" && question[1] is "often" or "long"))
            return null;

        return Named(span) is { } source && TextSource.AskedOf(question, lexicon, from, span.After) is { Count: > 0 } asked && !IsMeasured(asked)
            ? source with { Rest = $"{question.Text[..question.Tokens[from].Start]}{question.Text[question.Tokens[span.After - 1].End..]}", Asked = asked }
            : null;
    }

    private TextSource? Named(TokenSpan span)
    {
        var words = question.Slice(span);
        if (words.Length < 2 || !char.IsLetter(words[0]) || IsBeforeName(span.First) || lexicon.IsGlue(question[span.After - 1]) || question[span.First - 1] is "previous" or "prior" || GoesOn(span.After)
            || (span.Count == 1 && s_materials.Contains(question[span.First])))
            return null;

        var resolved = resolver.Resolve(record, words, [RecordKind.DiagnosticReport]);
        return resolved is { Entries.IsEmpty: false, Match.How: "synonym" or "text" or "code" } && (resolved.Match.How is not "text" || words.Length > 3)
            && resolver.Resolve(record, words, s_measured).Entries.All(entry => entry.Kinds.Contains(RecordKind.DiagnosticReport)) && says(words)
            ? new TextSource(RecordKind.DiagnosticReport, words, "", [], WhichBefore(span.First))
            : null;
    }

    // "On a blood thinner" names no blood.
    private bool GoesOn(int at) => at < question.Count && question.Gap(at) == " " && !lexicon.IsGlue(question[at]) && VerbAfter(at) != at;

    private bool IsBeforeName(int at) => question[at] is "the" or "his" or "her" or "my" or "their" or "a" or "an" or "last" or "latest" or "most" or "recent" or "first" or "that" or "this" or "any";

    private Aggregate? WhichBefore(int first)
    {
        for (var i = first - 1; i >= 0 && IsBeforeName(i); i--)
        {
            if (question[i] is "last" or "latest" or "recent")
                return new LatestAggregate();
            if (question[i] is "first")
                return new EarliestAggregate();
        }

        return null;
    }

    private int VerbAfter(int at)
    {
        for (var i = at; i < question.Count; i++)
            if (question[i] is "show" or "mention" or "reveal" or "find" or "confirm" or "demonstrate" or "describe" or "report" or "say" or "suggest" or "indicate" or "exclude" or "state" or "comment" or "identify" or "detect"
                || (question[i] is "rule" && question[i + 1] is "out") || (question[i] is "pick" && question[i + 1] is "up"))
                return i;

        return -1;
    }

    // What the record has as a number is asked of that.
    private bool IsMeasured(List<string> asked) => asked.Count > 0 && !resolver.Resolve(record, string.Join(' ', asked), s_measured).Entries.IsEmpty;
}
