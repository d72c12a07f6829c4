using System.Text.RegularExpressions;

namespace MedGemma.Agents.Evaluation.Exams;

/// <summary>
/// Takes the answer out of a model's output: the last "Final Answer", else the last "answer is" or "Answer:", else an output that is an option and nothing else. What
/// holds no option, or two, is not guessed at.
/// </summary>
internal static partial class ExamAnswerReader
{
    private const string ThoughtBegin = "<unused94>thought";
    private const string ThoughtEnd = "<unused95>";

    /// <summary>Reads an output.</summary>
    /// <param name="output">The text, thinking included where the model's server leaves it in.</param>
    /// <param name="question">The question.</param>
    /// <param name="cut">Whether the output was cut off at the token limit.</param>
    public static ExamReading Read(string output, ExamQuestion question, bool cut)
    {
        var end = output.LastIndexOf(ThoughtEnd, StringComparison.Ordinal);
        if (end < 0 && output.Contains(ThoughtBegin, StringComparison.Ordinal))
            return new ExamReading.Unreadable("the thinking was cut off");

        var answer = (end < 0 ? output : output[(end + ThoughtEnd.Length)..]).Trim();
        var stated = FinalAnswer().Matches(answer).LastOrDefault() ?? PlainAnswer().Matches(answer).LastOrDefault();
        if (stated is not null)
            return Option(FirstLine(answer[(stated.Index + stated.Length)..]), question);

        if (cut)
            return new ExamReading.Unreadable("cut off at the token limit");

        return answer.Contains('\n') || answer.Length == 0 ? new ExamReading.Unreadable("no final answer") : Option(answer, question);
    }

    private static ExamReading Option(string line, ExamQuestion question)
    {
        var text = Markup().Replace(line, " ").Trim().TrimEnd('.').Trim();
        if (question.Options.Where(option => string.Equals(option.Text.Trim().TrimEnd('.'), text, StringComparison.OrdinalIgnoreCase)).ToList() is [var whole])
            return new ExamReading.Chosen(whole.Letter);

        var lettered = Lettered().Match(text);
        if (!lettered.Success)
            return new ExamReading.Unreadable("no final answer");

        var letter = char.ToUpperInvariant(lettered.Groups["letter"].Value[0]);
        if (question.Options.All(option => option.Letter != letter))
            return new ExamReading.Unreadable("a letter that is no option");

        var rest = lettered.Groups["rest"].Value;
        var other = Other().Matches(rest).Select(match => char.ToUpperInvariant(match.Groups["letter"].Value[0])).Any(found => found != letter && question.Options.Any(option => option.Letter == found));
        return other ? new ExamReading.Unreadable("more than one option") : new ExamReading.Chosen(letter);
    }

    private static string FirstLine(string text) => text.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => Markup().Replace(line, "").Trim().Length > 0) ?? string.Empty;

    [GeneratedRegex(@"final\s+answer\W{0,4}(?:\s*is\b)?\s*[:\-]?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FinalAnswer();

    [GeneratedRegex(@"\banswer\s*(?:is\b\s*:?|:)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PlainAnswer();

    // What models put round a letter: emphasis, boxes, code, headings.
    [GeneratedRegex(@"\\boxed|\\text|\\\(|\\\)|[*_`#$\[\]{}""']", RegexOptions.CultureInvariant)]
    private static partial Regex Markup();

    [GeneratedRegex(@"^(?:the\s+)?(?:correct\s+)?(?:option\s+|choice\s+)?(?:is\s+)?(?:\(\s*(?<letter>[A-Za-z])\s*\)|(?<letter>[A-Z])(?=$|[\s).:,;\-]))(?<rest>.*)$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Lettered();

    [GeneratedRegex(@"\(\s*(?<letter>[A-Za-z])\s*\)|(?:\b(?:or|and)\b|[,/&])\s*\(?(?<letter>[A-Z])\b(?!\w)", RegexOptions.CultureInvariant)]
    private static partial Regex Other();
}
