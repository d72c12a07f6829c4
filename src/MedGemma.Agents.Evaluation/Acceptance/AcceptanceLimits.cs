namespace MedGemma.Agents.Evaluation.Acceptance;

/// <summary>What a candidate may lose and still be accepted.</summary>
/// <param name="Margin">Most that the score may be lower than the baseline's: the lower bound of the paired 95 % interval must lie above minus this. Default: 0.02.</param>
public sealed record AcceptanceLimits(double Margin)
{
    /// <summary>Two points in a hundred.</summary>
    /// <value>0.02, a share.</value>
    public const double DefaultMargin = 0.02;
}
