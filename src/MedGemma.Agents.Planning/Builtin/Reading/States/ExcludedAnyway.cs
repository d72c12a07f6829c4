using System.Text.RegularExpressions;
using MedGemma.Agents.Planning.Builtin.Language;

namespace MedGemma.Agents.Planning.Builtin.Reading.States;

/// <summary>
/// Finds what a question asks to be left out that never counts anyway: "ignore anything entered in error", "erroneous results excluded", "with a value". Such words say nothing more, and are
/// taken out of the question; what is asked to be left out besides stays in it.
/// </summary>
internal static class ExcludedAnyway
{
    /// <summary>What the answer says where such words were taken out.</summary>
    public const string Reading = "What was entered in error or cancelled is never counted.";

    /// <summary>The question without those words, and whether there were any.</summary>
    public static (string Text, bool Found) Remove(string text)
    {
        var without = s_signs.Any(sign => text.Contains(sign, StringComparison.OrdinalIgnoreCase))
            ? s_forms.Aggregate(text, (left, form) => form.Replace(left, " "))
            : text;
        return (s_withValue.Replace(without, match => NamesIt(without, match.Index + match.Length) ? match.Value : " "), without != text);
    }

    // What any of the forms must have; most questions have none of it.
    private static readonly string[] s_signs = ["error", "erroneous", "invalid", "mistake", "void", "retract", "cancel", "wrongly"];

    // "With a value of 5" says which.
    private static bool NamesIt(string text, int at) => QuestionText.Tokenize(text[at..]) is [{ Word: "of" }, ..];

    private const string Wrong = @"(?:(?:entered|made|recorded|charted|put\s+in)[\s-]+in[\s-]+error|in[\s-]+error|erroneous(?:ly\s+entered)?|invalid|mistaken|entered\s+by\s+mistake|mistakenly\s+entered|wrongly\s+(?:entered|recorded|charted)|voided|retracted|cancelled|canceled)";

    private const string Things = @"(?:results?|entries|entry|values?|readings?|records?|ones?|measurements?|items?|orders?|data|stuff|doses?|diagnos[ei]s|reports?|observations?|samples?|visits?|appointments?|encounters?|contacts?|attendances?|procedures?)";

    private const string These = @"(?:(?:anything|everything|any|all|the|those|that|which|what|is|are|was|were|has|have|been|ever|of|marked|flagged|recorded|as|" + Things + @")\s+)*";

    private const string End = @"(?:\s+" + Things + @")?(?:\s+(?:or|and)\s+" + These + Wrong + @"(?:\s+" + Things + @")?)*";

    // Without backtracking, so that no question takes long.
    private static readonly Regex[] s_forms =
    [
        // "Ignore anything entered in error", "not counting cancelled ones", "(not entered in error)".
        Form(
            @"(?:[,;(–-]|\.|\band\b|\bbut\b)?\s*(?:please\s+)?\b(?:ignor(?:e|ing)|exclud(?:e|ing)|disregard(?:ing)?|omit(?:ting)?|skip(?:ping)?|discount(?:ing)?|leav(?:e|ing)\s+(?:out|aside)|(?:do\s+not|don't|not)\s+count(?:ing)?|do\s+not\s+include|don't\s+include|not\s+including|except(?:\s+for)?|apart\s+from|other\s+than|without|not|no|minus)\s+"
            + These + Wrong + End + @"\s*\)?"),

        // "Erroneous entries left out", "with cancelled results excluded".
        Form(
            @"(?:[,;(–-]|\bwith\b|\bonce\b)?\s*\b(?:the\s+|any\s+|all\s+)?" + Wrong + @"(?:\s+" + Things + @")?(?:\s+(?:and|or)\s+(?:the\s+)?" + Wrong + @"(?:\s+" + Things + @")?)*"
            + @"\s+(?:are\s+|being\s+|to\s+be\s+)?(?:left\s+(?:out|aside)|excluded|ignored|omitted|disregarded|removed|not\s+counted|aside|discounted|dropped|skipped|put\s+aside|do(?:es)?\s+not\s+count|do(?:es)?n't\s+count)\b\s*\)?"),

        // "Excluding errors", "errors excluded".
        Form(@"(?:[,;(–-])?\s*\b(?:(?:ignor|exclud)(?:e|ing)\s+(?:any\s+|all\s+|the\s+)?(?:errors|mistakes)|(?:errors|mistakes)\s+(?:excluded|ignored|left\s+out|aside))\b\s*\)?"),
    ];

    private static readonly Regex s_withValue =
        Form(@"\b(?:with|having|that\s+has|which\s+has)\s+(?:a|an|any|its)\s+(?:actual\s+|numeric(?:al)?\s+|recorded\s+|real\s+)?(?:value|number|numeric\s+result|result)\b");

    private static Regex Form(string pattern) => new(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
}
