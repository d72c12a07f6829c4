using System.Globalization;

namespace MedGemma.Agents.Evaluation.QuestionAnswering.Questions;

/// <summary>A number.</summary>
/// <param name="Number">The number.</param>
internal sealed record NumberScalar(decimal Number) : ScalarValue
{
    /// <summary>Numbers this near are the same.</summary>
    public const decimal Tolerance = 1e-6m;

    /// <inheritdoc/>
    public override bool IsMatchedBy(ScalarValue predicted) =>
        predicted is NumberScalar other
        // Signs are compared first: the difference of two numbers at opposite ends of the range does not fit a decimal.
        && (decimal.Sign(Number) * decimal.Sign(other.Number) >= 0
            ? Math.Abs(Number - other.Number) <= Tolerance
            : Math.Abs(Number) <= Tolerance && Math.Abs(other.Number) <= Tolerance && Math.Abs(Number - other.Number) <= Tolerance);

    /// <inheritdoc/>
    public override string ToString() => Number.ToString(CultureInfo.InvariantCulture);
}
