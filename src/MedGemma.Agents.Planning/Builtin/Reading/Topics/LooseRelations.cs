using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Topics;

/// <summary>Finds words that relate one thing to another and were made nothing of.</summary>
internal static class LooseRelations
{
    /// <summary>Prepositions of time that no window was made of: dropped, they would widen the question.</summary>
    public static IEnumerable<string> Find(QuestionText question, Aggregate? ordering)
    {
        for (var i = 0; i < question.Count; i++)
        {
            var isLoose = !question.IsClaimed(i) && question[i] switch
            {
                "before" => question[i + 1] is not ("that" or "last" or "") && !(question[i + 1] is "the" && question[i + 2] is "last" or "previous" or "most" or "latest") && question[i - 1] is not "one",
                "after" or "until" or "till" => question[i + 1] is not ("that" or "all" or ""),
                "between" => ordering is not DeltaAggregate,
                _ => false,
            };
            if (isLoose)
                yield return question.Slice(new TokenSpan(i, 1));
        }
    }
}
