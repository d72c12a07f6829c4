using MedGemma.Agents.Records.Queries;
using static MedGemma.Agents.Records.Tests.Queries.QueryTest;
using static MedGemma.Agents.Records.Tests.Queries.TestRecords;

namespace MedGemma.Agents.Records.Tests.Queries;

public sealed class ChangedAggregateTests
{
    private static readonly RecordSelection s_labs = Of(RecordKind.LaboratoryResult, "Hemoglobin A1c");

    [Theory]
    [InlineData(7, 9, 8, true, null, true)]
    [InlineData(7, 9, 8, false, null, false)]
    [InlineData(7, 9, 8, true, 2, false)]
    [InlineData(7, 9, 8, false, 2, true)]
    [InlineData(7, 8, 8, true, 2, false)]
    [InlineData(7, 8, 8, false, 2, false)]
    public void The_last_is_compared_with_the_first_or_with_the_one_before(int a, int b, int c, bool higher, int? last, bool expected)
    {
        var record = Complete(Quantity("a", "2024-01-01T08:00:00Z", a), Quantity("b", "2024-02-01T08:00:00Z", b), Quantity("c", "2024-03-01T08:00:00Z", c));

        var value = Assert.Single(Run(record, s_labs, new ChangedAggregate(higher, last)).Values);

        Assert.Equal(expected, value.Value.GetBoolean());
        Assert.Equal(2, value.Derivation!.Inputs.Count);
    }

    [Fact]
    public void A_fall_is_first_minus_last()
    {
        var record = Complete(Quantity("a", "2024-01-01T08:00:00Z", 9), Quantity("b", "2024-02-01T08:00:00Z", 7.5m));

        Assert.Equal(1.5m, Number(Run(record, s_labs, new DeltaAggregate(Fall: true))));
    }

    [Theory]
    [InlineData(8, 6, false, -25)]
    [InlineData(8, 6, true, 25)]
    [InlineData(-4, -2, false, 50)]
    public void A_percentage_is_of_the_first_value(int first, int last, bool fall, int expected)
    {
        var record = Complete(Quantity("a", "2024-01-01T08:00:00Z", first), Quantity("b", "2024-02-01T08:00:00Z", last));

        var result = Run(record, s_labs, new DeltaAggregate(Fall: fall, Percent: true));

        Assert.Equal(expected, Number(result));
        Assert.Equal("%", result.Values[0].Unit);
    }

    [Fact]
    public void Nothing_is_a_percentage_of_zero()
    {
        var record = Complete(Quantity("a", "2024-01-01T08:00:00Z", 0), Quantity("b", "2024-02-01T08:00:00Z", 6));

        Assert.NotEqual(QueryOutcome.Found, Run(record, s_labs, new DeltaAggregate(Percent: true)).Outcome);
    }

    [Fact]
    public void One_value_is_compared_with_nothing() =>
        Assert.Equal("undetermined", Run(Complete(Quantity("a", "2024-01-01T08:00:00Z", 9)), s_labs, new ChangedAggregate(true)).Problem?.Code);

    [Fact]
    public void Values_of_one_time_that_disagree_are_not_chosen_from()
    {
        var record = Complete(Quantity("a", "2024-01-01T08:00:00Z", 9), Quantity("b", "2024-02-01T08:00:00Z", 7), Quantity("c", "2024-02-01T08:00:00Z", 11));

        Assert.Equal("undetermined", Run(record, s_labs, new ChangedAggregate(true)).Problem?.Code);
    }
}
