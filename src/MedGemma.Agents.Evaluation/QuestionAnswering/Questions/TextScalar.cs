namespace MedGemma.Agents.Evaluation.QuestionAnswering.Questions;

/// <summary>Text, compared without case and with each run of white space as one space.</summary>
internal sealed record TextScalar : ScalarValue
{
    private readonly string _text;
    private readonly string _normal;

    /// <summary>Takes text as written.</summary>
    /// <param name="text">The text.</param>
    public TextScalar(string text)
    {
        _text = text;
        _normal = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant();
    }

    /// <inheritdoc/>
    public override bool IsMatchedBy(ScalarValue predicted) => predicted is TextScalar other && other._normal == _normal;

    /// <inheritdoc/>
    public override string ToString() => _text;
}
