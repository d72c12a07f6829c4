using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Values;

/// <summary>Tells words that judge values, and words that say which of them, from words that were not understood.</summary>
internal static class MeasuredWords
{
    /// <summary>"Was it high?" asks for a judgement, not whether there is a value.</summary>
    public static bool IsJudgement(QuestionText question, int at, Asking asking) =>
        asking == Asking.YesNo && !question.IsClaimed(at) && (question[at] is "high" or "low");

    /// <summary>"First", "highest", "different": which of several, or what to make of all.</summary>
    public static bool IsOrdering(QuestionText question, int at, Aggregate? ordering) =>
        (question[at] is "two" && ordering is DeltaAggregate { Last: 2 }) || OrderingReader.ReadAt(question, at) is not null || question[at] is "different" or "distinct" or "unique";
}
