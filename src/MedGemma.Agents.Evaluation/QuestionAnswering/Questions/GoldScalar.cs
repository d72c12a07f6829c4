namespace MedGemma.Agents.Evaluation.QuestionAnswering.Questions;

/// <summary>A number, boolean, date, instant or text.</summary>
/// <param name="Value">The value.</param>
internal sealed record GoldScalar(ScalarValue Value) : GoldValue
{
    /// <inheritdoc/>
    public override bool IsSaidBy(IReadOnlyList<ScalarValue> predicted) => predicted.Any(Value.IsMatchedBy);

    /// <inheritdoc/>
    public override bool Allows(ScalarValue predicted) => Value.IsMatchedBy(predicted);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
