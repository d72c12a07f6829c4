using System.Text;

namespace MedGemma.Agents.Planning.Builtin.Language;

/// <summary>Turns "admission weight" and "discharge creatinine" into "weight on admission" and "creatinine at discharge": the stay says when it was measured, not what was.</summary>
internal static class AttributiveStays
{
    private const int LongestName = 4;

    /// <summary>The text with such pairs turned.</summary>
    /// <param name="text">The question.</param>
    /// <param name="isMeasured">Whether words name a measurement.</param>
    public static string Turn(string text, Func<string, bool> isMeasured)
    {
        var tokens = QuestionText.Tokenize(text);
        for (var i = 0; i + 1 < tokens.Count; i++)
        {
            if (tokens[i].Word is not ("admission" or "discharge") || text[tokens[i].End..tokens[i + 1].Start] is not (" " or "-"))
                continue;

            for (var last = Math.Min(tokens.Count - 1, i + LongestName); last > i; last--)
            {
                var name = text[tokens[i + 1].Start..tokens[last].End];
                if (!isMeasured(name))
                    continue;

                var turned = new StringBuilder(text.Length + 4).Append(text, 0, tokens[i].Start).Append(name).Append(tokens[i].Word is "admission" ? " on admission" : " at discharge").Append(text, tokens[last].End, text.Length - tokens[last].End);
                return turned.ToString();
            }
        }

        return text;
    }
}
