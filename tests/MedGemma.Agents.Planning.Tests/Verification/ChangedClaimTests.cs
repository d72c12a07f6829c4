using MedGemma.Agents.Planning.Verification;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Units;

namespace MedGemma.Agents.Planning.Tests.Verification;

/// <summary>What may be said of two values that were compared.</summary>
public sealed class ChangedClaimTests
{
    private readonly Chart _chart = new();

    [Theory]
    [InlineData("Yes, Potassium rose: 4.1 mmol/L (2024-03-01), 4.8 mmol/L (2024-05-01).")]
    [InlineData("Potassium has risen from 4.1 to 4.8 mmol/L.")]
    public void A_rise_is_said_with_its_two_values(string sentence) => Assert.Empty(Unsupported(sentence, Compared(4.1m, 4.8m, true)));

    [Theory]
    [InlineData("No, Potassium has not risen: 4.1 mmol/L (2024-03-01), 4.8 mmol/L (2024-05-01).")]
    [InlineData("Yes, Potassium fell: 4.1 mmol/L (2024-03-01), 4.8 mmol/L (2024-05-01).")]
    [InlineData("Yes, Potassium rose: 4.1 mmol/L (2024-03-01), 4.9 mmol/L (2024-05-01).")]
    [InlineData("Yes, Potassium rose: 4.1 mmol/L (2024-03-02), 4.8 mmol/L (2024-05-01).")]
    [InlineData("Yes, Sodium rose: 4.1 mmol/L (2024-03-01), 4.8 mmol/L (2024-05-01).")]
    public void A_rise_is_not_said_otherwise(string sentence) => Assert.NotEmpty(Unsupported(sentence, Compared(4.1m, 4.8m, true)));

    [Fact]
    public void That_it_has_not_risen_is_said_with_its_two_values() =>
        Assert.Empty(Unsupported("No, Potassium has not risen: 4.8 mmol/L (2024-03-01), 4.1 mmol/L (2024-05-01).", Compared(4.8m, 4.1m, true)));

    [Theory]
    [InlineData("Yes, Potassium rose: 4.8 mmol/L (2024-03-01), 4.1 mmol/L (2024-05-01).")]
    [InlineData("No potassium is recorded.")]
    [InlineData("Potassium was not found.")]
    public void That_it_has_not_risen_is_no_absence(string sentence) => Assert.NotEmpty(Unsupported(sentence, Compared(4.8m, 4.1m, true)));

    [Theory]
    [InlineData("Potassium fell by 0.7 mmol/L.", true)]
    [InlineData("Potassium rose by 0.7 mmol/L.", false)]
    [InlineData("Potassium fell by 0.8 mmol/L.", false)]
    public void A_fall_is_called_one(string sentence, bool passes)
    {
        var result = Chart.Found(Chart.Query(RecordKind.LaboratoryResult, new DeltaAggregate(Fall: true), "Potassium"), [Chart.Computed("fall", 0.7m, "mmol/L", "Potassium", Ends(4.8m, 4.1m))], 2, 1, "potassium");

        Assert.Equal(passes, Unsupported(sentence, result).Count == 0);
    }

    private QueryResult Compared(decimal first, decimal last, bool higher) => Chart.Found(
        Chart.Query(RecordKind.LaboratoryResult, new ChangedAggregate(higher), "Potassium"),
        [Chart.Computed(higher ? "higher" : "lower", higher ? last > first : last < first, null, "Potassium", Ends(first, last))], 2, 1, "potassium");

    private Evidence[] Ends(decimal first, decimal last) =>
    [
        Chart.Evidence(_chart.Add("Observation", RecordKind.LaboratoryResult, "Potassium", "2024-03-01"), first, "mmol/L"),
        Chart.Evidence(_chart.Add("Observation", RecordKind.LaboratoryResult, "Potassium", "2024-05-01"), last, "mmol/L"),
    ];

    private IReadOnlyList<string> Unsupported(string sentence, QueryResult result) =>
        new ClaimVerifier(new UnitConverter()).FindUnsupported(Chart.Claim(sentence, result), [result], _chart.Build());
}
