using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Grounding;

/// <summary>
/// Reads a verb as the noun that a procedure is called by: "was labour induced" is induction of labour, "the fetal heart auscultated" its auscultation. A participle and the noun share
/// their stem; what stands beside the verb must stand in the name, too.
/// </summary>
internal sealed class DeedReader(PatientRecord record, IConceptResolver resolver, ConceptVocabulary vocabulary, PlannerLexicon lexicon)
{
    private const int ShortestStem = 4;

    private static readonly string[] s_endings = ["ion", "ation", "ment", "age", "ing", "y", "e", ""];

    /// <summary>The procedures that verbs name, with their words claimed.</summary>
    public IEnumerable<ConceptMention> Read(QuestionText question)
    {
        for (var verb = 0; verb < question.Count; verb++)
        {
            if (question.IsClaimed(verb) || Stem(question[verb]) is not { } stem || lexicon.IsGlue(question[verb]) || lexicon.FindTopic(question[verb]) is not null
                || Object(question, verb) is not { } thing)
                continue;

            var named = Nouns(stem).Select(noun => (Words: $"{question.Slice(thing)} {noun}", Resolved: resolver.Resolve(record, $"{question.Slice(thing)} {noun}", [RecordKind.Procedure])))
                .FirstOrDefault(one => one.Resolved is { Entries.IsEmpty: false, Match.How: "text" or "synonym" or "code" });
            if (named.Words is null)
            {
                // What the vocabulary knows by that name and the record has not is none.
                named = s_endings.Select(ending => $"{question.Slice(thing)} {stem}{ending}").Where(words => vocabulary.Find(words).Any(term => term.Kinds.Contains(RecordKind.Procedure)))
                    .Select(words => (Words: words, Resolved: resolver.Resolve(record, words, [RecordKind.Procedure]))).FirstOrDefault();
                if (named.Words is null)
                    continue;
            }

            question.Claim(thing);
            question.Claim(new TokenSpan(verb, 1));

            // "Drained percutaneously": how it was done is part of the name.
            if (question[verb + 1] is { Length: > 6 } manner && manner.EndsWith("ly", StringComparison.Ordinal) && named.Resolved.Entries.Length > 0 && named.Resolved.Entries.All(entry => entry.Name.Contains(manner[..^2], StringComparison.OrdinalIgnoreCase)))
                question.Claim(new TokenSpan(verb + 1, 1));
            yield return new ConceptMention(thing, named.Words, named.Resolved.Entries, false, named.Resolved.Match, [RecordKind.Procedure]);
        }
    }

    private static string? Stem(string word)
    {
        if (!word.EndsWith("ed", StringComparison.Ordinal))
            return null;

        var stem = word[..^2];
        if (stem.Length > ShortestStem && stem[^1] == stem[^2] && stem[^1] is not ('l' or 's'))
            stem = stem[..^1];
        return stem.Length >= ShortestStem ? stem : null;
    }

    /// <summary>The nouns of that stem among the names of the record's procedures.</summary>
    private IEnumerable<string> Nouns(string stem) => record.Concepts.Entries
        .Where(entry => entry.Kinds.Contains(RecordKind.Procedure))
        .SelectMany(entry => entry.Names)
        .SelectMany(QuestionText.Tokenize)
        .Select(token => token.Word)
        .Where(word => word.StartsWith(stem, StringComparison.Ordinal))
        .Distinct(StringComparer.Ordinal);

    /// <summary>The words with a meaning before the verb, but for what says how or when, or behind it: what the deed was done to.</summary>
    private TokenSpan? Object(QuestionText question, int verb)
    {
        var last = verb - 1;
        while (last >= 0 && !question.IsClaimed(last) && (lexicon.IsGlue(question[last]) || question[last].EndsWith("ly", StringComparison.Ordinal)))
            last--;
        if (last >= 0 && IsThing(question, last))
        {
            var first = last;
            while (first > 0 && IsThing(question, first - 1))
                first--;
            return new TokenSpan(first, last - first + 1);
        }

        var from = verb + 1;
        while (from < question.Count && question[from] is "for" or "of" or "with" or "the" or "a" or "an" or "his" or "her" or "my" or "about")
            from++;
        if (from >= question.Count || !IsThing(question, from))
            return null;

        var after = from + 1;
        while (after < question.Count && IsThing(question, after))
            after++;
        return new TokenSpan(from, after - from);
    }

    private bool IsThing(QuestionText question, int at) => !question.IsClaimed(at) && !lexicon.IsGlue(question[at]) && lexicon.FindTopic(question[at]) is null && char.IsLetter(question[at][0]);
}
