using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Queries.Json;
using static MedGemma.Agents.Records.Tests.Queries.QueryTest;
using static MedGemma.Agents.Records.Tests.Queries.TestRecords;

namespace MedGemma.Agents.Records.Tests.Queries;

/// <summary>What happened in the emergency department or in intensive care, whichever encounter a resource names.</summary>
public sealed class SettingTests
{
    private const string Ward = "{'resourceType':'Encounter','id':'ward','status':'finished','class':{'code':'IMP'},'period':{'start':'2024-01-01T08:00:00Z','end':'2024-01-10T08:00:00Z'}}";

    private const string Unit = "{'resourceType':'Encounter','id':'icu','status':'finished','class':{'code':'ACUTE'},'serviceType':{'coding':[{'code':'ICU'}]},'partOf':{'reference':'Encounter/ward'},'period':{'start':'2024-01-02T08:00:00Z','end':'2024-01-04T08:00:00Z'}}";

    private static readonly RecordSelection InUnit = Of(RecordKind.Observation) with { Setting = [RecordKind.IcuStay] };

    [Theory]
    [InlineData("2024-01-02T07:59:00Z", 0)]
    [InlineData("2024-01-02T08:00:00Z", 1)]
    [InlineData("2024-01-03T12:00:00Z", 1)]
    [InlineData("2024-01-03", 1)]
    [InlineData("2024-01-04T08:01:00Z", 0)]
    [InlineData("2024-01-06", 0)]
    public void What_happened_while_the_stay_lasted_counts_though_it_names_the_stay_around_it(string time, int expected) =>
        Assert.Equal(expected, Number(Run(Complete(Ward, Unit, Quantity("o", time, 1, more: ",'encounter':{'reference':'Encounter/ward'}")), InUnit, new CountAggregate())));

    [Fact]
    public void What_names_the_stay_counts_whatever_its_time() =>
        Assert.Equal(1, Number(Run(Complete(Ward, Unit, Quantity("o", "2024-01-02", 1, more: ",'encounter':{'reference':'Encounter/icu'}")), InUnit, new CountAggregate())));

    [Fact]
    public void Day_on_which_the_stay_began_does_not_tell()
    {
        var result = Run(Complete(Ward, Unit, Quantity("o", "2024-01-02", 1)), InUnit, new ExistsAggregate());

        Assert.Equal(QueryOutcome.Failed, result.Outcome);
        Assert.Empty(result.Values);
    }

    [Fact]
    public void Diagnosis_of_the_stay_around_it_is_not_one_of_the_unit()
    {
        const string Sepsis = "{'resourceType':'Condition','id':'c','code':{'text':'Sepsis'},'encounter':{'reference':'Encounter/ward'}}";
        const string Shock = "{'resourceType':'Condition','id':'d','code':{'text':'Shock'},'encounter':{'reference':'Encounter/icu'}}";

        Assert.Equal(["Shock"], Texts(Run(Complete(Ward, Unit, Sepsis, Shock), Of(RecordKind.Condition) with { Setting = [RecordKind.IcuStay] }, new ListAggregate())));
    }

    [Fact]
    public void Stay_that_was_entered_in_error_is_no_setting() =>
        Assert.Equal(QueryOutcome.SearchedAndEmpty, Run(Complete(Ward, Unit.Replace("finished", "entered-in-error", StringComparison.Ordinal), Quantity("o", "2024-01-03", 1)), InUnit, new ListAggregate()).Outcome);

    [Fact]
    public void Where_it_was_depends_on_the_encounters_being_there() =>
        Assert.Contains("Encounter", Run(Incomplete(Ward, Unit, Quantity("o", "2024-01-03", 1)), InUnit, new ListAggregate()).Missing);

    [Fact]
    public void Setting_that_is_no_encounter_is_refused()
    {
        Assert.False(RecordQueryJson.TryRead("""{"selection":{"kinds":["observation"],"setting":["condition"]},"aggregate":{"kind":"latest"}}""", out _, out var problem));
        Assert.Contains("setting", problem, StringComparison.Ordinal);
    }
}
