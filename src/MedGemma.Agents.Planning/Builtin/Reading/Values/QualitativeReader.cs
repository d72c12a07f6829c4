using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Values;

/// <summary>Reads "was the toxin negative", "is he rhesus positive", "was influenza detected": that a test was made is no answer, what it found is.</summary>
internal static class QualitativeReader
{
    /// <summary>Whether it is asked so, with the word claimed; what is named is a test.</summary>
    public static bool Read(QuestionText question, IReadOnlyList<ConceptMention> concepts)
    {
        if (concepts is not [var test] || !(ResultMentions.MayResult(test) || test.Kinds.All(kind => kind is RecordKind.MicrobiologyTest or RecordKind.Organism or RecordKind.LaboratoryResult or RecordKind.Observation)))
            return false;

        if (question[question.Count - 1] is "positive" or "negative" && !question.IsClaimed(question.Count - 1) && test.Kinds.Any(kind => kind is not RecordKind.Organism) && test.Span.After == question.Count - 1)
        {
            question.Claim(new TokenSpan(question.Count - 1, 1));
            return true;
        }

        if (question[0] is not ("is" or "was" or "were" or "are" or "did" or "does" or "has" or "have" or "had"))
            return false;

        for (var i = 1; i < question.Count; i++)
        {
            if (question.IsClaimed(i) || question[i] is not ("positive" or "negative" or "reactive" or "detected" or "found" or "identified" or "present" or "detectable") || question[i + 1] is "on" or "in" or "by" && question[i] is "found" or "present")
                continue;

            question.Claim(new TokenSpan(i, question[i + 1] is "for" ? 2 : 1));
            return true;
        }

        return false;
    }
}
