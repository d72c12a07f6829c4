using CsCheck;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Queries.Derivations;
using MedGemma.Agents.Records.Units;
using static MedGemma.Agents.Records.Tests.Queries.QueryTest;
using static MedGemma.Agents.Records.Tests.Queries.TestRecords;

namespace MedGemma.Agents.Records.Tests.Queries;

public sealed class DerivationTests
{
    private static readonly Gen<string> Observation = Gen.Select(Gen.Int[0, 2000], Gen.Int[10, 400], Gen.OneOf("mg/dL", "mmol/L"), Gen.OneOf("", "<", ">"), Gen.Int[0, 1_000_000])
        .Select(parts =>
        {
            var (hours, tenths, unit, comparator, id) = parts;
            var time = new DateTimeOffset(2024, 1, 1, 0, 30, 0, TimeSpan.Zero).AddHours(hours).ToString("yyyy-MM-ddTHH:mm:ssZ");
            var value = unit == "mg/dL" ? tenths : tenths / 20m;
            var text = Quantity($"o{id}", time, value, unit, "2345-7", "Glucose");
            return comparator.Length == 0 ? text : text.Replace("'value':", $"'comparator':'{comparator}','value':", StringComparison.Ordinal);
        });

    [Fact]
    public void Every_derivation_computes_to_its_value_again() => Observation.Array[1, 25].Sample(
        observations =>
        {
            var record = Complete([.. observations.DistinctBy(text => text.Split('\'')[7])]);
            Aggregate[] aggregates =
            [
                new StatisticAggregate(Statistic.Mean), new StatisticAggregate(Statistic.Median), new StatisticAggregate(Statistic.Sum), new DeltaAggregate(), new DeltaAggregate(Fall: true), new ChangedAggregate(Higher: true), new ChangedAggregate(Higher: false, Last: 2), new TrendAggregate(),
                new CountAggregate(), new CountAggregate(Distinct: true), new ExistsAggregate(), new TimeBetweenAggregate(null),
                new GroupAggregate(GroupKey.Month, new StatisticAggregate(Statistic.Mean)), new GroupAggregate(GroupKey.Day, new CountAggregate()), new ExtremeAggregate(Highest: true),
            ];

            // Run asserts the proof of every value that it returns.
            foreach (var aggregate in aggregates)
                Run(record, Of(RecordKind.LaboratoryResult, "Glucose"), aggregate);
            Run(record, Of(RecordKind.LaboratoryResult, "Glucose"), new ListAggregate(), unit: "mmol/L");
        },
        iter: 60);

    [Theory]
    [InlineData("mean")]
    [InlineData("delta")]
    [InlineData("fall")]
    [InlineData("delta-percent")]
    [InlineData("higher")]
    [InlineData("trend")]
    [InlineData("time-between")]
    [InlineData("count-distinct")]
    [InlineData("magic")]
    public void Derivation_that_lacks_what_it_needs_is_refused(string operation)
    {
        var recomputer = new DerivationRecomputer(new UnitConverter());

        Assert.False(recomputer.TryRecompute(new Derivation(operation, [], new Dictionary<string, string>()), out _));
    }

    [Fact]
    public void Changed_input_changes_the_result()
    {
        var record = Complete(Quantity("a", "2024-01-01T08:00:00Z", 6), Quantity("b", "2024-02-01T08:00:00Z", 8));
        var derivation = Run(record, Of(RecordKind.LaboratoryResult), new StatisticAggregate(Statistic.Mean)).Values[0].Derivation!;
        var changed = derivation with { Inputs = [derivation.Inputs[0], derivation.Inputs[1] with { Value = System.Text.Json.JsonSerializer.SerializeToElement(9) }] };

        Assert.True(new DerivationRecomputer(new UnitConverter()).TryRecompute(changed, out var value));
        Assert.Equal(7.5m, value.GetDecimal());
    }
}
