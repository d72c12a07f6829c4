using MedGemma.Agents.Records.Queries;
using static MedGemma.Agents.Records.Tests.Queries.QueryTest;
using static MedGemma.Agents.Records.Tests.Queries.TestRecords;

namespace MedGemma.Agents.Records.Tests.Queries;

/// <summary>A day that a window names by the record's clock, and what is written as a day.</summary>
public sealed class LocalDayTests
{
    private static readonly RecordSelection s_onNovember2 = Of(RecordKind.LaboratoryResult) with
    {
        Window = new QueryWindow(new DateTimeOffset(2024, 11, 2, 0, 0, 0, TimeSpan.FromHours(-5)), new DateTimeOffset(2024, 11, 3, 0, 0, 0, TimeSpan.FromHours(-5)), "on 2 November 2024"),
    };

    [Fact]
    public void A_window_takes_the_instants_of_its_own_day()
    {
        var record = Complete(
            Quantity("a", "2024-11-01T23:30:00-05:00", 1), Quantity("b", "2024-11-02T00:30:00-05:00", 2), Quantity("c", "2024-11-02T23:30:00-05:00", 4), Quantity("d", "2024-11-03T00:30:00-05:00", 8));

        Assert.Equal(6, Number(Run(record, s_onNovember2, new StatisticAggregate(Statistic.Sum))));
    }

    [Fact]
    public void What_is_written_as_a_date_is_of_that_date_in_any_zone()
    {
        var record = Complete(Quantity("a", "2024-11-01", 1), Quantity("b", "2024-11-02", 2), Quantity("c", "2024-11-03", 4));

        Assert.Equal(2, Number(Run(record, s_onNovember2, new StatisticAggregate(Statistic.Sum))));
    }

    [Fact]
    public void Days_are_grouped_as_the_times_show_them()
    {
        var record = Complete(Quantity("a", "2024-11-02T23:30:00-05:00", 1), Quantity("b", "2024-11-02T08:30:00-05:00", 2), Quantity("c", "2024-11-03T00:30:00-05:00", 4));

        var result = Run(record, Of(RecordKind.LaboratoryResult), new GroupAggregate(GroupKey.Day, new StatisticAggregate(Statistic.Sum)));

        Assert.Equal([("2024-11-02", 3m), ("2024-11-03", 4m)], result.Values.Select(value => (value.Label!, value.Value.GetDecimal())));
    }
}
