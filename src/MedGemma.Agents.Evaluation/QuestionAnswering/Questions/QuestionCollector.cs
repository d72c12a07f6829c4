using System.Text.Json;

namespace MedGemma.Agents.Evaluation.QuestionAnswering.Questions;

/// <summary>Collects the lines of one question file, numbered in the order they come.</summary>
internal sealed class QuestionCollector(string file)
{
    private readonly List<EvaluationQuestion> _questions = [];
    private readonly List<MalformedLine> _malformed = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private int _line;

    /// <summary>True before the first line.</summary>
    public bool IsAtStart => _line == 0;

    /// <summary>Everything so far.</summary>
    public QuestionSet Collected => new(_questions, _malformed);

    /// <summary>Takes the next line.</summary>
    /// <param name="line">UTF-8 without line feed; blank lines are passed over.</param>
    public void Take(ReadOnlyMemory<byte> line)
    {
        _line++;
        if (line.Span.Trim(" \t\r"u8).IsEmpty)
            return;

        try
        {
            using var document = JsonDocument.Parse(line);
            var question = QuestionLine.Read(document.RootElement, _line);
            if (_ids.Add(question.Id))
                _questions.Add(question);
            else
                Report("id was used by an earlier line");
        }
        catch (JsonException)
        {
            Report("not JSON");
        }
        catch (FormatException problem)
        {
            Report(problem.Message);
        }
    }

    /// <summary>Takes note of a line that is too long to be read.</summary>
    public void TooLong()
    {
        _line++;
        Report($"longer than {QuestionFile.LongestLine} bytes");
    }

    private void Report(string reason) => _malformed.Add(new MalformedLine(file, _line, reason));
}
