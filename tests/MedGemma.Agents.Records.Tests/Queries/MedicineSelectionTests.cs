using MedGemma.Agents.Records.Queries;
using static MedGemma.Agents.Records.Tests.Queries.QueryTest;
using static MedGemma.Agents.Records.Tests.Queries.TestRecords;

namespace MedGemma.Agents.Records.Tests.Queries;

/// <summary>What was being taken at a time, what was not done, and what an element says.</summary>
public sealed class MedicineSelectionTests
{
    private const string Bounds = ",'dispenseRequest':{'validityPeriod':{'start':'2020-01-02T08:00:00Z','end':'2021-01-02T08:00:00Z'}}";

    private static readonly RecordSelection s_then = Of(RecordKind.MedicationRequest) with { CurrentInWindow = true, Window = Window("2020-06-01T00:00:00Z", "2020-06-02T00:00:00Z") };

    [Fact]
    public void What_was_begun_before_a_day_and_in_force_on_it_was_being_taken_then()
    {
        var record = Complete(Order("a", "2020-01-02T08:00:00Z", "Warfarin", Bounds), Order("b", "2020-06-03T08:00:00Z", "Apixaban"), Later);

        var value = Assert.Single(Run(record, s_then, new ListAggregate()).Values);

        Assert.Equal("Warfarin", value.Value.GetString());
        Assert.Contains("valid until 2021-01-02T08:00:00Z and completed", value.Qualifiers);
    }

    [Fact]
    public void An_order_that_began_and_ended_within_the_window_was_being_taken_in_it()
    {
        var course = Order("a", "2020-06-10T08:00:00Z", "Prednisone", ",'dispenseRequest':{'validityPeriod':{'start':'2020-06-10T08:00:00Z','end':'2020-06-15T08:00:00Z'}}");
        var june = s_then with { Window = Window("2020-06-01T00:00:00Z", "2020-07-01T00:00:00Z") };

        Assert.True(Run(Complete(course, Later), june, new ExistsAggregate()).Values[0].Value.GetBoolean());
        Assert.False(Run(Complete(course, Later), s_then, new ExistsAggregate()).Values[0].Value.GetBoolean());
    }

    [Fact]
    public void A_stopped_order_without_a_stop_date_is_neither_taken_nor_not_taken_in_the_past()
    {
        var record = Complete(Order("a", "2020-01-02T08:00:00Z", "Simvastatin").Replace("completed", "stopped", StringComparison.Ordinal), Later);

        Assert.Equal("undetermined", Run(record, s_then, new ExistsAggregate()).Problem?.Code);
        Assert.Equal("undetermined", Run(record, s_then, new CountAggregate()).Problem?.Code);
    }

    [Fact]
    public void What_cannot_be_told_of_others_is_said_beside_a_list_and_no_count_is_given()
    {
        var record = Complete(
            Order("a", "2020-01-02T08:00:00Z", "Warfarin", Bounds), Order("b", "2020-01-02T08:00:00Z", "Simvastatin").Replace("completed", "stopped", StringComparison.Ordinal), Later);

        var list = Run(record, s_then, new ListAggregate());

        Assert.Equal(["Warfarin"], Texts(list));
        Assert.Contains("Left out: 1 whose state at that time is not determined.", list.Notes);
        Assert.Equal("undetermined", Run(record, s_then, new CountAggregate()).Problem?.Code);
    }

    [Fact]
    public void What_is_taken_by_one_order_is_not_open_because_of_another()
    {
        var record = Complete(
            Order("a", "2020-01-02T08:00:00Z", "Warfarin", Bounds), Order("b", "2019-01-02T08:00:00Z", "Warfarin").Replace("completed", "stopped", StringComparison.Ordinal), Later);

        Assert.Equal(1, Number(Run(record, s_then, new CountAggregate(Distinct: true))));
    }

    [Fact]
    public void A_window_without_an_end_or_of_other_things_is_refused()
    {
        Assert.Equal("invalid-query", Run(Complete(), s_then with { Window = Window("2020-06-01T00:00:00Z", null) }, new ListAggregate()).Problem?.Code);
        Assert.Equal("invalid-query", Run(Complete(), s_then with { Kinds = [RecordKind.Condition] }, new ListAggregate()).Problem?.Code);
    }

    [Fact]
    public void What_was_not_done_is_found_by_its_label_and_nothing_else_is()
    {
        var record = Complete(
            Dose("a", "completed", "'dosage':{'method':{'text':'Hold Dose'}}"), Dose("b", "not-done", "'statusReason':[{'text':'Patient refused'}]"), Dose("c", "completed", ""), Dose("d", "entered-in-error", ""));
        var missed = Of(RecordKind.MedicationAdministration) with { NotCounted = ["dose held", "not done", "not given"] };

        Assert.Equal(2, Number(Run(record, missed, new CountAggregate())));
        Assert.Equal(["Patient refused"], Texts(Run(record, missed, new ListAggregate(), ResultElement.StatusReason)));
        Assert.Equal(1, Number(Run(record, Of(RecordKind.MedicationAdministration), new CountAggregate())));
    }

    [Fact]
    public void An_order_not_to_give_is_found_only_as_one()
    {
        var record = Complete(Order("a", "2020-01-02T08:00:00Z", "Aspirin", ",'doNotPerform':true"), Order("b", "2020-01-02T08:00:00Z", "Metformin"));

        Assert.Equal(["Aspirin"], Texts(Run(record, Of(RecordKind.MedicationRequest) with { NotCounted = ["do not perform"] }, new ListAggregate(), ResultElement.Name)));
        Assert.Equal(["Metformin"], Texts(Run(record, Of(RecordKind.MedicationRequest), new ListAggregate(), ResultElement.Name)));
    }

    [Fact]
    public void What_an_element_says_narrows_and_what_does_not_say_it_leaves_none_open()
    {
        var record = Complete(
            Order("a", "2020-01-02T08:00:00Z", "Furosemide", ",'reasonCode':[{'text':'Heart failure'}]"), Order("b", "2020-01-02T08:00:00Z", "Apixaban", ",'reasonCode':[{'text':'Atrial fibrillation'}]"), Order("c", "2020-01-02T08:00:00Z", "Aspirin"));

        var named = Run(record, For("heart failure"), new ListAggregate(), ResultElement.Name);

        Assert.Equal(["Furosemide"], Texts(named));
        Assert.Contains("Left out: 1 without a recorded reason.", named.Notes);
        Assert.Equal("undetermined", Run(record, For("asthma"), new ListAggregate(), ResultElement.Name).Problem?.Code);
        Assert.Empty(Texts(Run(record, For("heart"), new ListAggregate(), ResultElement.Name)).Except(["Furosemide"]));
        Assert.Equal("undetermined", Run(record, For("art"), new ListAggregate(), ResultElement.Name).Problem?.Code);
    }

    [Theory]
    [InlineData("'text':'18 ug inhaled once daily','timing':{'repeat':{'frequency':1,'period':1,'periodUnit':'d'}}", "18 ug inhaled once daily")]
    [InlineData("'text':'200ml Bag','route':{'text':'IV'},'doseAndRate':[{'doseQuantity':{'value':200,'unit':'mg'}}]", "200 mg, IV, 200ml Bag")]
    [InlineData("'asNeededBoolean':true,'route':{'text':'by mouth'},'additionalInstruction':[{'text':'With food'}]", "by mouth, as needed, With food")]
    public void Instructions_are_what_is_written_and_what_the_parts_say(string dosage, string expected) =>
        Assert.Equal([expected], Texts(Run(Complete(Order("a", "2020-01-02T08:00:00Z", "Tiotropium", $",'dosageInstruction':[{{{dosage}}}]")), Of(RecordKind.MedicationRequest), new ListAggregate(), ResultElement.DosageInstruction)));

    [Theory]
    [InlineData("'text':'5 mg twice daily','timing':{'repeat':{'frequency':1,'period':1,'periodUnit':'d'}}", "5 mg twice daily")]
    [InlineData("'text':'as directed','timing':{'repeat':{'frequency':2,'period':1,'periodUnit':'d'}}", "2 per 1 d")]
    public void What_was_written_says_how_often_before_what_was_made_of_it(string dosage, string expected) =>
        Assert.Equal([expected], Texts(Run(Complete(Order("a", "2020-01-02T08:00:00Z", "Apixaban", $",'dosageInstruction':[{{{dosage}}}]")), Of(RecordKind.MedicationRequest), new ListAggregate(), ResultElement.Frequency)));

    [Theory]
    [InlineData("'asNeededBoolean':true", "True")]
    [InlineData("'text':'650 mg every six hours as needed'", "True")]
    [InlineData("'text':'300 mg at bedtime'", "False")]
    [InlineData("'asNeededCodeableConcept':{'text':'for pain'}", "True")]
    public void As_needed_is_read_of_its_element_and_of_the_words(string dosage, string expected) =>
        Assert.Equal([expected], Texts(Run(Complete(Order("a", "2020-01-02T08:00:00Z", "Tylenol", $",'dosageInstruction':[{{{dosage}}}]")), Of(RecordKind.MedicationRequest), new ListAggregate(), ResultElement.AsNeeded)));

    [Fact]
    public void A_dose_recorded_by_a_bare_code_is_found_by_the_name_that_its_order_has()
    {
        var record = Complete(
            Order("m", "2020-01-02T08:00:00Z", "Cefepime"),
            "{'resourceType':'MedicationAdministration','id':'g','status':'completed','medicationCodeableConcept':{'coding':[{'system':'urn:formulary','code':'CEFE2I'}]},'request':{'reference':'MedicationRequest/m'},'effectiveDateTime':'2020-01-03T08:00:00Z'}");

        Assert.Contains(record.Concepts.Entries, entry => entry.Name == "Cefepime" && entry.Kinds.Contains(RecordKind.MedicationAdministration));
    }

    private const string Later = "{'resourceType':'Observation','id':'later','status':'final','code':{'text':'Weight'},'effectiveDateTime':'2024-01-01T00:00:00Z','valueQuantity':{'value':70,'unit':'kg'}}";

    private static RecordSelection For(string reason) => Of(RecordKind.MedicationRequest) with { Where = new ElementFilter(ResultElement.Reason, [reason]) };

    private static string Dose(string id, string status, string more) =>
        $"{{'resourceType':'MedicationAdministration','id':'{id}','status':'{status}','medicationCodeableConcept':{{'text':'Heparin'}},'effectiveDateTime':'2020-01-02T08:00:00Z'{(more.Length > 0 ? "," + more : "")}}}";
}
