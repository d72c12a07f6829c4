using System.Globalization;

namespace MedGemma.Agents.Evaluation.QuestionAnswering.Questions;

/// <summary>A moment with its offset; the same moment in another offset is the same.</summary>
/// <param name="Moment">The moment, in the offset that it is written in.</param>
internal sealed record InstantScalar(DateTimeOffset Moment) : ScalarValue
{
    /// <inheritdoc/>
    public override bool IsMatchedBy(ScalarValue predicted) => predicted is InstantScalar other && other.Moment == Moment;

    /// <inheritdoc/>
    public override string ToString() => Moment.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);
}
