namespace MedGemma.Agents.Evaluation.QuestionAnswering.Questions;

/// <summary>A FHIR Period: said by its start (by its end when it has no start); its end may be said as well.</summary>
/// <param name="Start">Start, or null.</param>
/// <param name="End">End, or null.</param>
internal sealed record GoldPeriod(ScalarValue? Start, ScalarValue? End) : GoldValue
{
    /// <inheritdoc/>
    public override bool IsSaidBy(IReadOnlyList<ScalarValue> predicted) =>
        (Start ?? End) is { } needed && predicted.Any(needed.IsMatchedBy);

    /// <inheritdoc/>
    public override bool Allows(ScalarValue predicted) =>
        Start?.IsMatchedBy(predicted) == true || End?.IsMatchedBy(predicted) == true;

    /// <inheritdoc/>
    public override string ToString() => $"{Start} to {End}";
}
