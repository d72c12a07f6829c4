namespace MedGemma.Agents.Evaluation.Exams;

/// <summary>How a model sits an exam; always greedy.</summary>
/// <param name="Think">Whether MedGemma may think before it answers.</param>
/// <param name="MaxOutputTokens">Most tokens written to one question, thinking included; what is cut off is wrong.</param>
public sealed record ExamOptions(bool Think, int MaxOutputTokens)
{
    /// <summary>Tokens that leave the thinking whole.</summary>
    /// <value>4096 tokens: twice the 1500 to 2000 that Google allows the thinking.</value>
    public const int DefaultMaxOutputTokens = 4096;
}
