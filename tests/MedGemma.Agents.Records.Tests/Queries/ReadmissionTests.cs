using MedGemma.Agents.Records.Queries;
using static MedGemma.Agents.Records.Tests.Queries.QueryTest;
using static MedGemma.Agents.Records.Tests.Queries.TestRecords;

namespace MedGemma.Agents.Records.Tests.Queries;

public sealed class ReadmissionTests
{
    private static readonly RecordSelection Within30 = Of(RecordKind.HospitalStay) with { WithinDaysOfPrevious = 30 };

    private static List<string> Starts(string[] resources, RecordSelection? selection = null) =>
        Texts(Run(Complete(resources), selection ?? Within30, new ListAggregate(), ResultElement.Start));

    [Theory]
    [InlineData("2024-02-09T08:00:00Z", true)]
    [InlineData("2024-02-09T08:00:01Z", false)]
    [InlineData("2024-01-10T08:00:00Z", false)]
    [InlineData("2024-01-05T08:00:00Z", false)]
    public void Stay_is_a_readmission_from_after_the_end_of_another_to_as_many_days_later(string start, bool expected) =>
        Assert.Equal(expected ? [start] : [], Starts([Stay("a", "2024-01-01T08:00:00Z", "2024-01-10T08:00:00Z"), Stay("b", start, "2024-03-01T08:00:00Z")]));

    [Fact]
    public void Stay_before_the_window_still_makes_one_inside_it_a_readmission()
    {
        string[] stays = [Stay("a", "2024-01-01T08:00:00Z", "2024-01-30T08:00:00Z"), Stay("b", "2024-02-02T08:00:00Z", "2024-02-03T08:00:00Z")];

        Assert.Equal(["2024-02-02T08:00:00Z"], Starts(stays, Within30 with { Window = Window("2024-02-01T00:00:00Z", null) }));
    }

    [Fact]
    public void Both_stays_prove_a_readmission()
    {
        var result = Run(Complete(Stay("a", "2024-01-01T08:00:00Z", "2024-01-10T08:00:00Z"), Stay("b", "2024-01-20T08:00:00Z", "2024-01-22T08:00:00Z")), Within30, new ListAggregate(), ResultElement.Start);

        Assert.Equal(["Encounter/a", "Encounter/b"], Assert.Single(result.Values).Evidence.Select(evidence => evidence.Resource.ToString()).Distinct().Order());
    }

    [Fact]
    public void Earlier_stay_without_an_end_leaves_it_undetermined()
    {
        var result = Run(Complete(Stay("a", "2024-01-01T08:00:00Z", null), Stay("b", "2024-01-20T08:00:00Z", "2024-01-22T08:00:00Z")), Within30, new ExistsAggregate());

        Assert.Equal(QueryOutcome.Failed, result.Outcome);
        Assert.Empty(result.Values);
    }

    [Fact]
    public void What_began_in_a_window_leaves_out_what_only_lasted_into_it()
    {
        var record = Complete(
            "{'resourceType':'Condition','id':'c','clinicalStatus':{'coding':[{'code':'active'}]},'code':{'text':'Asthma'},'onsetDateTime':'2001-05-05','recordedDate':'2001-05-05'}",
            "{'resourceType':'Condition','id':'d','clinicalStatus':{'coding':[{'code':'active'}]},'code':{'text':'Gout'},'onsetDateTime':'2024-01-20','recordedDate':'2024-01-20'}");
        var selection = Of(RecordKind.Condition) with { Window = Window("2024-01-01T00:00:00Z", null) };

        Assert.Equal(["Asthma", "Gout"], Texts(Run(record, selection, new ListAggregate())).Order());
        Assert.Equal(["Gout"], Texts(Run(record, selection with { BeganInWindow = true }, new ListAggregate())));
    }

    [Fact]
    public void Change_since_the_previous_value_looks_at_the_last_two()
    {
        var record = Complete(Quantity("a", "2024-01-01T08:00:00Z", 7), Quantity("b", "2024-02-01T08:00:00Z", 9), Quantity("c", "2024-03-01T08:00:00Z", 8.5m));

        Assert.Equal(1.5m, Number(Run(record, Of(RecordKind.LaboratoryResult, "Hemoglobin A1c"), new DeltaAggregate())));
        Assert.Equal(-0.5m, Number(Run(record, Of(RecordKind.LaboratoryResult, "Hemoglobin A1c"), new DeltaAggregate(2))));
    }
}
