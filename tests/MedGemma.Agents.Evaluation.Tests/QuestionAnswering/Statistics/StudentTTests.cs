using MedGemma.Agents.Evaluation.QuestionAnswering.Statistics;

namespace MedGemma.Agents.Evaluation.Tests.QuestionAnswering.Statistics;

public sealed class StudentTTests
{
    /// <summary>Values of the usual table, NIST/SEMATECH e-Handbook 1.3.6.7.2.</summary>
    [Theory]
    [InlineData(1, 12.706)]
    [InlineData(2, 4.303)]
    [InlineData(3, 3.182)]
    [InlineData(4, 2.776)]
    [InlineData(5, 2.571)]
    [InlineData(10, 2.228)]
    [InlineData(30, 2.042)]
    [InlineData(54, 2.005)]
    [InlineData(100, 1.984)]
    [InlineData(100000, 1.960)]
    public void Quantiles_are_those_of_the_table(int degrees, double quantile) =>
        Assert.Equal(quantile, StudentT.Quantile975(degrees), 3);
}
