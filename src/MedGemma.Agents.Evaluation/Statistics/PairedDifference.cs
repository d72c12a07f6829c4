namespace MedGemma.Agents.Evaluation.Statistics;

/// <summary>How much more of something the second of two paired runs has than the first.</summary>
/// <param name="Estimate">Second minus first, -1 to 1.</param>
/// <param name="Lower">Lower bound of the 95 % interval.</param>
/// <param name="Upper">Upper bound of the 95 % interval.</param>
/// <param name="PValue">Two-sided bootstrap p-value of no difference.</param>
/// <param name="Clusters">Patients, or questions where there are no patients, that were drawn from.</param>
public sealed record PairedDifference(double Estimate, double Lower, double Upper, double PValue, int Clusters)
{
    /// <summary>Whether the interval leaves out no difference.</summary>
    public bool IsSignificant => Lower > 0 || Upper < 0;
}
