using System.Text;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Evaluation.Exams;

/// <summary>
/// What a model is told: zero-shot, one user turn, the answer on a last line that begins <c>Final Answer:</c>. The wording is this program's own; with MedGemma's
/// thinking, its system instruction comes first (model card, https://developers.google.com/health-ai-developer-foundations/medgemma/model-card).
/// </summary>
internal static class ExamPrompt
{
    /// <summary>The system text that lets MedGemma think.</summary>
    public const string Thinking = "SYSTEM INSTRUCTION: think silently if needed.";

    /// <summary>What comes before the question.</summary>
    public const string Instruction =
        "The following is a multiple-choice question about medical knowledge. Work it out step by step, beginning with a summary of what is given. "
        + "Then choose the one best option. Write its letter on the last line, in exactly this form:\nFinal Answer: (letter)";

    /// <summary>The messages of one question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="think">Whether the model may think first.</param>
    public static IReadOnlyList<ChatMessage> For(ExamQuestion question, bool think)
    {
        var text = new StringBuilder(Instruction).Append("\n\n");
        if (question.Context is { } context)
            text.Append("Abstract: ").Append(context).Append("\n\n");

        text.Append("Question: ").Append(question.Stem).Append('\n');
        foreach (var option in question.Options)
            text.Append('(').Append(option.Letter).Append(") ").Append(option.Text).Append('\n');

        ChatMessage user = new(ChatRole.User, text.ToString());
        return think ? [new(ChatRole.System, Thinking), user] : [user];
    }
}
