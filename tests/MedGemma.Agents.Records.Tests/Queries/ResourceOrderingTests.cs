using System.Collections.Immutable;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using static MedGemma.Agents.Records.Tests.Queries.QueryTest;
using static MedGemma.Agents.Records.Tests.Queries.TestRecords;

namespace MedGemma.Agents.Records.Tests.Queries;

public sealed class ResourceOrderingTests
{
    private static readonly RecordSelection Procedures = Of(RecordKind.Procedure);

    private static readonly ResourceOrdering ByPeriod = new()
    {
        Elements = new Dictionary<string, string> { ["Procedure"] = "performedPeriod.start" }.ToImmutableDictionary(),
        OneOfTied = ["Procedure"],
    };

    [Fact]
    public void By_clinical_time_all_that_share_the_last_instant_are_the_last()
    {
        var record = Complete(Procedure("b", "2024-02-01T08:00:00Z", "Biopsy"), Procedure("a", "2024-02-01T08:00:00Z", "Aspiration"));

        Assert.Equal(["Aspiration", "Biopsy"], Names(record, new LatestAggregate(), ResourceOrdering.ByClinicalTime));
    }

    [Fact]
    public void Of_those_that_share_a_place_the_first_and_the_last_are_as_supplied_where_one_is_wanted()
    {
        var record = Complete(Procedure("b", "2024-02-01T08:00:00Z", "Biopsy"), Procedure("a", "2024-02-01T08:00:00Z", "Aspiration"));

        Assert.Equal(["Biopsy"], Names(record, new EarliestAggregate(), ByPeriod));
        Assert.Equal(["Aspiration"], Names(record, new LatestAggregate(), ByPeriod));
        Assert.Contains("Recorded for the same time and left out: 1.", Ask(record, new LatestAggregate(), ByPeriod).Notes);
    }

    [Fact]
    public void What_lacks_the_ordering_element_comes_first_and_the_answer_says_so()
    {
        var record = Complete(Procedure("a", "2024-03-01T08:00:00Z", "Late"), Period("b", "2024-01-01T08:00:00Z", "Early"));

        Assert.Equal(["Late"], Names(record, new EarliestAggregate(), ByPeriod));
        Assert.Equal(["Early"], Names(record, new NthAggregate(-1), ByPeriod));
        Assert.Contains("Procedures are ordered by performedPeriod.start; those without it come first.", Ask(record, new LatestAggregate(), ByPeriod).Notes);
    }

    private static string Period(string id, string start, string name) =>
        Procedure(id, start, name).Replace("'performedDateTime':'" + start + "'", "'performedPeriod':{'start':'" + start + "'}", StringComparison.Ordinal);

    private static QueryResult Ask(PatientRecord record, Aggregate aggregate, ResourceOrdering ordering) =>
        QueryTest.Run(record, Procedures, aggregate, ResultElement.Name, context: Now with { Ordering = ordering });

    private static IEnumerable<string?> Names(PatientRecord record, Aggregate aggregate, ResourceOrdering ordering) =>
        Ask(record, aggregate, ordering).Values.Select(value => value.Value.GetString()).Order(StringComparer.Ordinal);
}
