using System.Globalization;

namespace MedGemma.Agents.Evaluation.QuestionAnswering.Questions;

/// <summary>A day; an instant says it when it lies on that day in the offset that it is written in.</summary>
/// <param name="Day">The day.</param>
internal sealed record DateScalar(DateOnly Day) : ScalarValue
{
    /// <inheritdoc/>
    public override bool IsMatchedBy(ScalarValue predicted) => predicted switch
    {
        DateScalar other => other.Day == Day,
        InstantScalar other => DateOnly.FromDateTime(other.Moment.DateTime) == Day,
        LocalTimeScalar other => DateOnly.FromDateTime(other.Local) == Day,
        _ => false,
    };

    /// <inheritdoc/>
    public override string ToString() => Day.ToString("O", CultureInfo.InvariantCulture);
}
