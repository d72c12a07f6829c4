namespace MedGemma.Agents.Evaluation.QuestionAnswering.Questions;

/// <summary>True or false.</summary>
/// <param name="Truth">The value.</param>
internal sealed record BooleanScalar(bool Truth) : ScalarValue
{
    /// <inheritdoc/>
    public override bool IsMatchedBy(ScalarValue predicted) => predicted is BooleanScalar other && other.Truth == Truth;

    /// <inheritdoc/>
    public override string ToString() => Truth ? "true" : "false";
}
