using System.Globalization;

namespace MedGemma.Agents.Evaluation.QuestionAnswering.Questions;

/// <summary>A date and time of day without offset: only the same clock reading without offset is known to be the same.</summary>
/// <param name="Local">The clock reading.</param>
internal sealed record LocalTimeScalar(DateTime Local) : ScalarValue
{
    /// <inheritdoc/>
    public override bool IsMatchedBy(ScalarValue predicted) => predicted is LocalTimeScalar other && other.Local == Local;

    /// <inheritdoc/>
    public override string ToString() => Local.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
}
