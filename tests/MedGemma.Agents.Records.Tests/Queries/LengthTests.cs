using MedGemma.Agents.Records.Queries;
using static MedGemma.Agents.Records.Tests.Queries.QueryTest;
using static MedGemma.Agents.Records.Tests.Queries.TestRecords;

namespace MedGemma.Agents.Records.Tests.Queries;

/// <summary>Lengths of time in the unit that is asked for, and from and to the ends of things.</summary>
public sealed class LengthTests
{
    private static readonly string s_stay = Stay("a", "2024-01-01T20:00:00Z", "2024-01-04T08:30:00Z");

    [Theory]
    [InlineData(null, false, "2.52")]
    [InlineData("d", true, "2")]
    [InlineData("h", false, "60.5")]
    [InlineData("h", true, "60")]
    [InlineData("min", false, "3630")]
    [InlineData("wk", false, "0.4")]
    [InlineData("{night}", false, "3")]
    [InlineData("mo", false, "0")]
    public void Length_of_a_stay_is_given_in_the_unit_asked_for(string? unit, bool whole, string expected)
    {
        var result = RunWhole(Of(RecordKind.HospitalStay), new ListAggregate(), unit, whole, s_stay);

        Assert.Equal(expected, Assert.Single(result.Values).Value.GetRawText());
        Assert.Equal(unit ?? "d", result.Values[0].Unit);
    }

    [Theory]
    [InlineData("2023-01-31", "2023-03-01", "1")]
    [InlineData("2023-01-15", "2023-03-15", "2")]
    [InlineData("2023-01-15", "2023-03-14", "1")]
    public void Months_are_those_completed_by_the_calendar(string from, string until, string expected)
    {
        var condition = $"{{'resourceType':'Condition','id':'c','code':{{'text':'Gout'}},'onsetDateTime':'{from}','abatementDateTime':'{until}'}}";

        Assert.Equal(expected, Assert.Single(RunWhole(Of(RecordKind.Condition), new ListAggregate(), "mo", false, condition).Values).Value.GetRawText());
    }

    [Fact]
    public void Hours_between_days_are_not_known()
    {
        const string Condition = "{'resourceType':'Condition','id':'c','code':{'text':'Gout'},'onsetDateTime':'2023-01-01','abatementDateTime':'2023-01-09'}";

        var result = RunWhole(Of(RecordKind.Condition), new ListAggregate(), "h", false, Condition);

        Assert.Equal(QueryOutcome.Failed, result.Outcome);
        Assert.Equal("undetermined", result.Problem?.Code);
    }

    [Fact]
    public void Time_counts_from_a_discharge_and_to_one()
    {
        string[] record = [s_stay, Stay("b", "2024-02-01T08:30:00Z", "2024-02-03T08:30:00Z"), Procedure("p", "2024-02-02T08:30:00Z", "Scope")];
        var first = Of(RecordKind.HospitalStay) with { Window = Window("2024-01-01T00:00:00Z", "2024-01-02T00:00:00Z") };
        var second = Of(RecordKind.HospitalStay) with { Window = Window("2024-02-01T00:00:00Z", "2024-02-02T00:00:00Z") };

        Assert.Equal(28, Number(Run(Complete(record), first, new TimeBetweenAggregate(second, FromEnd: true))));
        Assert.Equal(24, Number(Run(Complete(record), Of(RecordKind.Procedure), new TimeBetweenAggregate(second, UntilEnd: true), unit: "h")));
        Assert.Equal(9, Number(Run(Complete(record), first, new TimeBetweenAggregate(FromEnd: true), unit: "mo", context: Now with { AsOf = Now.AsOf.AddDays(-50) })));
    }

    [Fact]
    public void Days_to_what_is_planned_are_counted_by_the_calendar()
    {
        const string Planned = "{'resourceType':'Appointment','id':'a','status':'booked','start':'2024-12-11T08:00:00Z','end':'2024-12-11T08:30:00Z','participant':[{'actor':{'reference':'Patient/p'},'status':'accepted'}]}";

        Assert.Equal(10, Number(Run(Complete(Planned), Of(RecordKind.Appointment) with { Window = new QueryWindow(AsOf, null, null) }, new TimeBetweenAggregate())));
    }

    [Theory]
    [InlineData("mg")]
    [InlineData("s")]
    public void Length_in_another_unit_is_refused(string unit) =>
        Assert.Equal(QueryOutcome.Failed, Run(Complete(s_stay), Of(RecordKind.HospitalStay), new TimeBetweenAggregate(), unit: unit).Outcome);

    private static QueryResult RunWhole(RecordSelection selection, Aggregate aggregate, string? unit, bool whole, params string[] resources)
    {
        var engine = new RecordQueryEngine(new NamedResolver(), new Records.Units.UnitConverter());
        var record = Complete(resources);
        var result = engine.Run(record, new RecordQuery(selection, aggregate, ResultElement.Duration, unit, whole), Now);
        AssertProved(record, result);
        return result;
    }
}
