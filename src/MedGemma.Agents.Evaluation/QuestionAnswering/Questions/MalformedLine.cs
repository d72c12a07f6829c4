namespace MedGemma.Agents.Evaluation.QuestionAnswering.Questions;

/// <summary>A question line that was left out.</summary>
/// <param name="File">File name.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Reason">What is wrong with it, without its content.</param>
internal sealed record MalformedLine(string File, int Line, string Reason)
{
    /// <summary>The line as it is reported: file, line and reason.</summary>
    public override string ToString() => $"{File}:{Line}: {Reason}";
}
