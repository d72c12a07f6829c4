using System.Text;
using MedGemma.Agents.Planning.Builtin.Language;

namespace MedGemma.Agents.Planning.Builtin.Grounding;

/// <summary>Puts "the patient" where a question names the one whose record is open, so that "Alexia's last flu shot" is read as "the patient's" is. Identifiers stay as they are.</summary>
internal static class PatientNaming
{
    /// <summary>The clause without the patient's name.</summary>
    /// <param name="question">The clause; only mentions of the patient are claimed.</param>
    public static string Replace(QuestionText question)
    {
        var text = new StringBuilder();
        var written = 0;
        for (var i = 0; i < question.Count; i++)
        {
            if (!IsName(question, i))
                continue;

            var after = i;
            while (IsName(question, after))
                after++;
            var first = question[i - 1] is "mr" or "mrs" or "ms" or "miss" or "master" ? i - 1 : i;
            first = question[first - 1] is "patient" ? first - 1 : first;
            first = question[first - 1] is "the" or "this" or "our" or "my" && first < i ? first - 1 : first;
            text.Append(question.Text, written, question.Tokens[first].Start - written).Append("the patient");
            written = question.Tokens[after - 1].End;
            i = after - 1;
        }

        return written == 0 ? question.Text : text.Append(question.Text, written, question.Text.Length - written).ToString();
    }

    private static bool IsName(QuestionText question, int at) => question.IsClaimed(at) && question[at].All(char.IsLetter) && (char.IsUpper(question.Text[question.Tokens[at].Start]) || (question[at].Length <= 4 && IsName(question, at + 1)));
}
