using MedGemma.Agents.Records.Queries;
using static MedGemma.Agents.Records.Tests.Queries.QueryTest;
using static MedGemma.Agents.Records.Tests.Queries.TestRecords;

namespace MedGemma.Agents.Records.Tests.Queries;

public sealed class OutcomeTests
{
    [Fact]
    public void None_is_said_only_when_the_receipt_is_complete()
    {
        var complete = Run(Complete(), Of(RecordKind.Procedure), new ExistsAggregate());
        var incomplete = Run(Incomplete(), Of(RecordKind.Procedure), new ExistsAggregate());

        Assert.Equal(QueryOutcome.SearchedAndEmpty, complete.Outcome);
        Assert.False(Assert.Single(complete.Values).Value.GetBoolean());
        Assert.Equal(QueryOutcome.NotSupplied, incomplete.Outcome);
        Assert.Equal(["Procedure"], incomplete.Missing);
        Assert.Empty(incomplete.Values);
    }

    [Fact]
    public void Count_of_nothing_is_zero_only_when_the_receipt_is_complete()
    {
        Assert.Equal(0, Number(Run(Complete(), Of(RecordKind.Procedure), new CountAggregate())));
        Assert.Empty(Run(Incomplete(), Of(RecordKind.Procedure), new CountAggregate()).Values);
    }

    [Fact]
    public void Found_in_an_incomplete_record_says_what_is_missing()
    {
        var result = Run(Incomplete(Procedure("a", "2024-01-01", "A")), Of(RecordKind.Procedure), new ExistsAggregate());

        Assert.Equal(QueryOutcome.Found, result.Outcome);
        Assert.Equal(["Procedure"], result.Missing);
    }

    [Fact]
    public void Known_words_without_a_match_are_searched_and_empty()
    {
        var result = Run(Complete(), Of(RecordKind.LaboratoryResult, "potassium"), new LatestAggregate(), resolver: new NamedResolver("potassium"));

        Assert.Equal(QueryOutcome.SearchedAndEmpty, result.Outcome);
    }

    [Fact]
    public void Unknown_words_fail_unless_a_complete_record_proves_their_absence()
    {
        var complete = Run(Complete(), Of(RecordKind.LaboratoryResult, "zorblax"), new LatestAggregate());
        var incomplete = Run(Incomplete(), Of(RecordKind.LaboratoryResult, "zorblax"), new LatestAggregate());

        Assert.Equal(QueryOutcome.SearchedAndEmpty, complete.Outcome);
        Assert.Equal("none", Assert.Single(complete.Concepts).How);
        Assert.Equal("unknown-concept", incomplete.Problem?.Code);
    }

    [Fact]
    public void Medication_that_is_referenced_but_not_here_makes_absence_unproved()
    {
        const string Dangling = "{'resourceType':'MedicationRequest','id':'m','status':'completed','intent':'order','authoredOn':'2024-01-01T08:00:00Z','medicationReference':{'reference':'Medication/gone'}}";

        var result = Run(Complete(Dangling), Of(RecordKind.MedicationRequest, "aspirin"), new ExistsAggregate(), resolver: new NamedResolver("aspirin"));

        Assert.Equal(QueryOutcome.NotSupplied, result.Outcome);
        Assert.Equal(["Medication"], result.Missing);
    }

    [Fact]
    public void Window_over_things_without_a_time_is_undetermined()
    {
        const string Undated = "{'resourceType':'Procedure','id':'u','status':'completed','code':{'text':'Biopsy'}}";

        var result = Run(Complete(Undated), Of(RecordKind.Procedure) with { Window = Window("2024-01-01T00:00:00Z", null) }, new ExistsAggregate());

        Assert.Equal("undetermined", result.Problem?.Code);
    }

    [Fact]
    public void Resource_without_encounter_leaves_an_encounter_query_undetermined()
    {
        var record = Complete(Stay("h", "2024-01-01T00:00:01Z", "2024-01-09T00:00:00Z"), Quantity("a", "2024-01-02T08:00:00Z", 7));

        var result = Run(record, Of(RecordKind.LaboratoryResult) with { Encounter = "Encounter/h" }, new ExistsAggregate());

        Assert.Equal("undetermined", result.Problem?.Code);
    }

    [Theory]
    [InlineData(RecordKind.Procedure, ResultElement.Dose)]
    [InlineData(RecordKind.Encounter, ResultElement.Value)]
    [InlineData(RecordKind.LaboratoryResult, ResultElement.Gender)]
    [InlineData(RecordKind.Patient, ResultElement.Route)]
    public void Element_that_a_kind_does_not_have_is_a_problem(RecordKind kind, ResultElement element) =>
        Assert.Equal("element-not-of-kind", Run(Complete(), Of(kind), new LatestAggregate(), element).Problem?.Code);
}
