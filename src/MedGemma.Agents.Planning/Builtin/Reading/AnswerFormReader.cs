using MedGemma.Agents.Planning.Builtin.Language;

namespace MedGemma.Agents.Planning.Builtin.Reading;

/// <summary>Tells a sentence that only says how the question before it is to be answered: "Does she smoke? Give the recorded status."</summary>
internal static class AnswerFormReader
{
    private static readonly HashSet<string> s_words = new(StringComparer.Ordinal)
    {
        "give", "state", "say", "tell", "me", "the", "a", "an", "as", "it", "is", "in", "recorded", "documented", "charted", "status", "value", "entry", "wording", "answer", "please", "just", "only", "exact", "chart", "record",
    };

    /// <summary>Whether the clause asks for nothing besides what is recorded.</summary>
    public static bool IsOnlyForm(QuestionText question) =>
        question.Tokens.All(token => s_words.Contains(token.Word)) && question.Tokens.Any(token => token.Word is "status" or "value" or "entry" or "wording" or "answer" or "recorded" or "documented");
}
