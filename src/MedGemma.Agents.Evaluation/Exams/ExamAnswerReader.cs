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
            return Option(FirstLine(answer[(stated.Index + stated.Length)..]), question, whole: false);

        if (cut)
            return new ExamReading.Unreadable("cut off at the token limit");

        return answer.Contains('\n') || answer.Length == 0 ? new ExamReading.Unreadable("no final answer") : Option(answer, question, whole: true);
    }

    /// <summary>The option at the start of a line; of a whole output, which states no answer, the line must be the option and nothing else.</summary>
    private static ExamReading Option(string line, ExamQuestion question, bool whole)
    {
        var text = Markup().Replace(line, " ").Trim().TrimEnd('.').Trim();
        if (question.Options.Where(option => string.Equals(option.Text.Trim().TrimEnd('.'), text, StringComparison.OrdinalIgnoreCase)).ToList() is [var named])
            return new ExamReading.Chosen(named.Letter);

        var lettered = Lettered().Match(text);
        if (!lettered.Success)
            return new ExamReading.Unreadable("no final answer");

        var letter = char.ToUpperInvariant(lettered.Groups["letter"].Value[0]);
        var rest = lettered.Groups["rest"].Value;
        var option = question.Options.FirstOrDefault(option => option.Letter == letter);
        if (rest.Trim(' ', '.', ':', ',', '-', ')').Length == 0 || string.Equals(rest.Trim(' ', '.', ':', '-', ')'), option?.Text.Trim(' ', '.'), StringComparison.OrdinalIgnoreCase))
            return option is null ? new ExamReading.Unreadable("a letter that is no option") : new ExamReading.Chosen(letter);

        if (whole || Word().IsMatch(text))
            return new ExamReading.Unreadable("no final answer");

        if (option is null)
            return new ExamReading.Unreadable("a letter that is no option");

        var other = Other().Matches(rest).Select(match => char.ToUpperInvariant(match.Groups["letter"].Value[0])).Any(found => found != letter && question.Options.Any(option => option.Letter == found));
        return other ? new ExamReading.Unreadable("more than one option") : new ExamReading.Chosen(letter);
    }

    private static string FirstLine(string text) => text.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => Markup().Replace(line, "").Trim().Length > 0) ?? string.Empty;

    // "A tumour" and "I cannot tell" begin with a word and not with an option.
    [GeneratedRegex(@"^[AI]\s+[a-z0-9]", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"final\s+answer[\s*_]*(?:is\b)?[\s*_]*[:\-]?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FinalAnswer();

    [GeneratedRegex(@"\banswer\s*(?:is\b\s*:?|:)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PlainAnswer();

    // What models put round a letter: emphasis, boxes, code, headings.
    [GeneratedRegex(@"\\boxed|\\text|\\\(|\\\)|[*_`#$\[\]{}""']", RegexOptions.CultureInvariant)]
    private static partial Regex Markup();

    [GeneratedRegex(@"^(?i:the\s+)?(?i:correct\s+)?(?i:option\s+|choice\s+)?(?i:is\s+)?(?:\(\s*(?<letter>[A-Za-z])\s*\)|(?<letter>[A-Z])(?=$|[\s).:,;\-])|(?<letter>[a-z])(?=\)?$))(?<rest>.*)$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Lettered();

    [GeneratedRegex(@"\(\s*(?<letter>[A-Za-z])\s*\)|(?:\b(?:or|and)\b|[,/&])\s*\(?(?<letter>[A-Z])\b(?!\w)", RegexOptions.CultureInvariant)]
    private static partial Regex Other();
}
