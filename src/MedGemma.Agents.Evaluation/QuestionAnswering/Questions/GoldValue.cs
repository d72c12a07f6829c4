namespace MedGemma.Agents.Evaluation.QuestionAnswering.Questions;

/// <summary>One value of a gold answer. Closed: <see cref="GoldScalar"/>, <see cref="GoldPeriod"/>.</summary>
internal abstract record GoldValue
{
    /// <summary>Whether the predicted values say this.</summary>
    /// <param name="predicted">All predicted values.</param>
    public abstract bool IsSaidBy(IReadOnlyList<ScalarValue> predicted);

    /// <summary>Whether a predicted value is part of this.</summary>
    /// <param name="predicted">One predicted value.</param>
    public abstract bool Allows(ScalarValue predicted);

    /// <summary>The value as it is shown.</summary>
    public abstract override string ToString();
}
