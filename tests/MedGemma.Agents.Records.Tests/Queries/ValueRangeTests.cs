using MedGemma.Agents.Records.Queries;
using static MedGemma.Agents.Records.Tests.Queries.QueryTest;
using static MedGemma.Agents.Records.Tests.Queries.TestRecords;

namespace MedGemma.Agents.Records.Tests.Queries;

public sealed class ValueRangeTests
{
    [Theory]
    [InlineData(ValueComparison.Between, new[] { 5, 6, 7 })]
    [InlineData(ValueComparison.Outside, new[] { 4, 8 })]
    public void Both_bounds_are_inside(ValueComparison comparison, int[] expected)
    {
        var record = Complete([.. Enumerable.Range(4, 5).Select(value => Quantity($"o{value}", $"2024-01-0{value}T08:00:00Z", value))]);

        var result = Run(record, Of(RecordKind.LaboratoryResult) with { Value = new ValueFilter(comparison, 5, null, 7) }, new ListAggregate());

        Assert.Equal(expected, result.Values.Select(value => value.Value.GetInt32()));
    }

    [Theory]
    [InlineData("<", 4, ValueComparison.Between, 0, false)]
    [InlineData("<", 6, ValueComparison.Between, 0, true)]
    [InlineData("<", 4, ValueComparison.Outside, 1, false)]
    [InlineData(">", 8, ValueComparison.Outside, 1, false)]
    [InlineData(">", 6, ValueComparison.Outside, 0, true)]
    public void A_value_known_only_by_a_bound_is_decided_only_where_it_is_certain(string comparator, int value, ValueComparison comparison, int count, bool undecided)
    {
        var record = Complete(Quantity("o", "2024-01-01T08:00:00Z", value).Replace("'value':", $"'comparator':'{comparator}','value':", StringComparison.Ordinal));

        var result = Run(record, Of(RecordKind.LaboratoryResult) with { Value = new ValueFilter(comparison, 5, null, 7) }, new ListAggregate());

        Assert.Equal(count, result.Values.Count);
        Assert.Equal(undecided, result.Notes.Any(note => note.Contains("cannot be compared", StringComparison.Ordinal)));
    }

    [Fact]
    public void Values_of_a_report_are_those_of_its_results_that_count()
    {
        var record = Complete(
            Quantity("a", "2024-01-01T08:00:00Z", 140, "mmol/L", "2951-2", "Sodium"),
            Quantity("b", "2024-01-01T08:00:00Z", 9, "mmol/L", "2823-3", "Potassium").Replace("'final'", "'entered-in-error'", StringComparison.Ordinal),
            "{'resourceType':'DiagnosticReport','id':'r','status':'final','code':{'text':'Electrolytes'},'effectiveDateTime':'2024-01-01T08:00:00Z','result':[{'reference':'Observation/a'},{'reference':'Observation/b'}],'conclusion':'Fine'}",
            "{'resourceType':'DiagnosticReport','id':'s','status':'final','code':{'text':'Chest'},'effectiveDateTime':'2024-01-02T08:00:00Z','conclusion':'Clear'}");

        var value = Assert.Single(Run(record, Of(RecordKind.DiagnosticReport, "Electrolytes"), new LatestAggregate(), ResultElement.Value).Values);

        Assert.Equal(("Sodium", 140m, "Observation/a"), (value.Label, value.Value.GetDecimal(), value.Evidence[0].Resource.ToString()));
        Assert.Equal(["Clear"], Texts(Run(record, Of(RecordKind.DiagnosticReport, "Chest"), new LatestAggregate(), ResultElement.Value)));
    }
}
