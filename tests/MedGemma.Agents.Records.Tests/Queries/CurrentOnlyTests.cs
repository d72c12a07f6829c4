using MedGemma.Agents.Records.Queries;
using static MedGemma.Agents.Records.Tests.Queries.QueryTest;
using static MedGemma.Agents.Records.Tests.Queries.TestRecords;

namespace MedGemma.Agents.Records.Tests.Queries;

public sealed class CurrentOnlyTests
{
    private static RecordSelection Current(RecordKind kind) => Of(kind) with { CurrentOnly = true };

    [Fact]
    public void Active_order_is_current_and_says_since_when()
    {
        var record = Complete(
            Order("a", "2024-01-01T08:00:00Z", "Metformin").Replace("completed", "active", StringComparison.Ordinal),
            Order("b", "2023-01-01T08:00:00Z", "Amoxicillin").Replace("completed", "stopped", StringComparison.Ordinal));

        var value = Assert.Single(Run(record, Current(RecordKind.MedicationRequest), new ListAggregate()).Values);

        Assert.Equal("Metformin", value.Value.GetString());
        Assert.Contains(value.Qualifiers, label => label.StartsWith("active since", StringComparison.Ordinal));
    }

    [Fact]
    public void Active_condition_is_current_and_a_resolved_one_is_not()
    {
        var record = Complete(
            "{'resourceType':'Condition','id':'c','clinicalStatus':{'coding':[{'code':'active'}]},'code':{'text':'Asthma'},'onsetDateTime':'2001-05-05'}",
            "{'resourceType':'Condition','id':'d','clinicalStatus':{'coding':[{'code':'resolved'}]},'code':{'text':'Otitis'},'onsetDateTime':'2002-01-01','abatementDateTime':'2002-02-01'}");

        Assert.Equal(["Asthma"], Texts(Run(record, Current(RecordKind.Condition), new ListAggregate())));
    }

    [Fact]
    public void Diagnosis_without_a_status_is_neither_current_nor_absent()
    {
        var record = Complete("{'resourceType':'Condition','id':'c','code':{'text':'Sepsis'},'recordedDate':'2020-01-01'}");

        Assert.Equal("undetermined", Run(record, Current(RecordKind.Condition), new ExistsAggregate()).Problem?.Code);
    }

    [Fact]
    public void Nothing_is_current_after_death()
    {
        var record = Complete("{'resourceType':'Patient','id':'p','birthDate':'1950-06-15','deceasedDateTime':'2024-03-01T08:00:00Z'}",
            Order("a", "2024-01-01T08:00:00Z", "Metformin").Replace("completed", "active", StringComparison.Ordinal));

        Assert.Equal(QueryOutcome.SearchedAndEmpty, Run(record, Current(RecordKind.MedicationRequest), new ListAggregate()).Outcome);
    }
}
