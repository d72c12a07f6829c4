using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;

namespace MedGemma.Agents.Planning.Builtin.Reading.States;

/// <summary>Tells what a patient is or does ("is he alert", "is she isolated", "did he report") from what a chart has ("any alert", "was MRSA isolated", "the report").</summary>
internal static class PatientStates
{
    /// <summary>Whether the subject of a state is the patient.</summary>
    public static bool IsOfPatient(QuestionText question, string state) =>
        Enumerable.Range(0, question.Count).Any(i => question[i] == state && !question.Tokens.Take(i).Any(token => token.Word is "organism" or "bug" or "bacteria")
            && question.Tokens.Any(token => token.Word is "he" or "she" or "they" or "i" or "patient" or "pt" or "currently" or "being" or "nursed"));

    /// <summary>"Is he alert" asks for no alert on the chart, and what he reports is no report: takes those topics out, so that the words are read as a state.</summary>
    public static void Drop(QuestionText question, List<TopicMention> topics)
    {
        foreach (var mention in topics.Where(mention => mention.Span.Count == 1 && question[mention.Span.First] is "alert" or "report" or "reports" && question[mention.Span.First - 1] is "he" or "she" or "they" or "patient" or "i").ToList())
        {
            topics.Remove(mention);
            question.Release(mention.Span);
        }
    }
}
