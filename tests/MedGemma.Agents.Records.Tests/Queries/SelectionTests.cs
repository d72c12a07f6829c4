using MedGemma.Agents.Records.Queries;
using static MedGemma.Agents.Records.Tests.Queries.QueryTest;
using static MedGemma.Agents.Records.Tests.Queries.TestRecords;

namespace MedGemma.Agents.Records.Tests.Queries;

public sealed class SelectionTests
{
    [Fact]
    public void Event_at_the_start_of_a_window_is_in_it_and_at_its_end_is_not()
    {
        var record = Complete(Procedure("a", "2024-01-01T00:00:01Z", "A"), Procedure("b", "2024-02-01T00:00:01Z", "B"));
        var selection = Of(RecordKind.Procedure) with { Window = Window("2024-01-01T00:00:01Z", "2024-02-01T00:00:01Z") };

        Assert.Equal(["A"], Texts(Run(record, selection, new ListAggregate())));
    }

    [Fact]
    public void Partial_date_matches_every_window_that_it_may_lie_in()
    {
        var record = Complete(Procedure("a", "2024", "A"), Procedure("b", "2024-03", "B"), Procedure("c", "2024-03-05", "C"));
        var selection = Of(RecordKind.Procedure) with { Window = Window("2024-03-05T10:00:00Z", "2024-03-06T00:00:00Z") };

        Assert.Equal(["A", "B", "C"], Texts(Run(record, selection, new ListAggregate())));
        Assert.Equal(["A", "B"], Texts(Run(record, selection with { Window = Window("2024-03-06T00:00:00Z", null) }, new ListAggregate())));
    }

    [Fact]
    public void State_matches_by_overlap_however_long_ago_it_began()
    {
        var record = Complete(
            "{'resourceType':'Condition','id':'c','clinicalStatus':{'coding':[{'code':'active'}]},'code':{'text':'Asthma'},'onsetDateTime':'2001-05-05','recordedDate':'2001-05-05'}",
            "{'resourceType':'Condition','id':'d','clinicalStatus':{'coding':[{'code':'resolved'}]},'code':{'text':'Otitis'},'onsetDateTime':'2002-01-01','abatementDateTime':'2002-02-01','recordedDate':'2002-01-01'}");
        var selection = Of(RecordKind.Condition) with { Window = Window("2024-01-01T00:00:00Z", null) };

        Assert.Equal(["Asthma"], Texts(Run(record, selection, new ListAggregate())));
    }

    [Fact]
    public void Nothing_recorded_or_happening_after_the_question_exists_for_it()
    {
        var record = Complete(Procedure("a", "2023-01-01T08:00:00Z", "A"), Procedure("b", "2024-06-01T08:00:00Z", "B"),
            Quantity("o", "2023-01-01T08:00:00Z", 5, more: ",'issued':'2024-06-01T08:00:00Z'"));
        var then = Now with { AsOf = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero) };

        Assert.Equal(["A"], Texts(Run(record, Of(RecordKind.Procedure), new ListAggregate(), context: then)));
        Assert.Equal(QueryOutcome.SearchedAndEmpty, Run(record, Of(RecordKind.LaboratoryResult), new LatestAggregate(), context: then).Outcome);
    }

    [Fact]
    public void Appointment_may_lie_in_the_future_once_it_was_made()
    {
        const string Made = "{'resourceType':'Appointment','id':'a','status':'booked','created':'2024-11-01T00:00:00Z','description':'Eye clinic','start':'2025-03-01T09:00:00Z','participant':[{'actor':{'reference':'Patient/p'},'status':'accepted'}]}";
        var record = Complete(Made);

        Assert.Equal(["2025-03-01T09:00:00Z"], Texts(Run(record, Of(RecordKind.Appointment), new EarliestAggregate(), ResultElement.Start)));
        var before = Now with { AsOf = new DateTimeOffset(2024, 10, 1, 0, 0, 0, TimeSpan.Zero) };
        Assert.Equal(QueryOutcome.SearchedAndEmpty, Run(record, Of(RecordKind.Appointment), new EarliestAggregate(), context: before).Outcome);
    }

    [Fact]
    public void Appointment_of_which_it_is_not_recorded_when_it_was_made_is_no_none_of_an_earlier_day()
    {
        var record = Complete("{'resourceType':'Appointment','id':'a','status':'booked','description':'Eye clinic','start':'2025-03-01T09:00:00Z','participant':[{'actor':{'reference':'Patient/p'},'status':'accepted'}]}");

        var result = Run(record, Of(RecordKind.Appointment), new EarliestAggregate(), ResultElement.Start, context: Now with { AsOf = new DateTimeOffset(2024, 10, 1, 0, 0, 0, TimeSpan.Zero) });

        Assert.Equal(["2025-03-01T09:00:00Z"], Texts(result));
        Assert.Contains("When they were made is not recorded, and may be after the time of the question: 1.", result.Notes);
    }

    [Fact]
    public void What_never_counts_says_why_and_not_what_else_is_missing()
    {
        var record = Complete("{'resourceType':'AllergyIntolerance','id':'a','verificationStatus':{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification','code':'entered-in-error'}]},'code':{'text':'Latex'},'patient':{'reference':'Patient/p'}}");

        Assert.Contains("Not counted because of their status: 1 (entered in error: 1).", Run(record, Of(RecordKind.Allergy), new ListAggregate()).Notes);
    }

    [Fact]
    public void What_never_counts_is_left_out_and_said()
    {
        var record = Complete(Procedure("a", "2024-01-01", "A"), Procedure("b", "2024-01-02", "B", status: "not-done"));

        var result = Run(record, Of(RecordKind.Procedure), new CountAggregate());

        Assert.Equal(1, Number(result));
        Assert.Contains(result.Notes, note => note.StartsWith("Not counted because of their status: 1", StringComparison.Ordinal));
    }

    [Fact]
    public void Component_is_found_by_its_own_name_and_a_panel_gives_all_of_them()
    {
        var record = Complete(BloodPressure("b", "2024-01-01T08:00:00Z", 140, 90));

        Assert.Equal(["140"], Texts(Run(record, Of(RecordKind.VitalSign, "Systolic blood pressure"), new LatestAggregate())));
        var both = Run(record, Of(RecordKind.VitalSign, "Blood pressure panel"), new LatestAggregate());
        Assert.Equal(["Systolic blood pressure", "Diastolic blood pressure"], both.Values.Select(value => value.Label));
        Assert.Equal("Observation.component[1].value.ofType(Quantity).value", both.Values[1].Evidence[0].Path);
    }

    [Fact]
    public void Value_condition_on_a_panel_is_judged_by_component()
    {
        var record = Complete(BloodPressure("b", "2024-01-01T08:00:00Z", 140, 90), BloodPressure("c", "2024-01-02T08:00:00Z", 120, 80));
        var selection = Of(RecordKind.VitalSign, "Systolic blood pressure") with { Value = new ValueFilter(ValueComparison.Above, 130, null) };

        Assert.Equal(["140"], Texts(Run(record, selection, new ListAggregate())));
    }

    [Fact]
    public void Value_condition_converts_units()
    {
        var record = Complete(Quantity("g", "2024-01-01T08:00:00Z", 10, "mmol/L", "15074-8", "Glucose"), Quantity("h", "2024-01-02T08:00:00Z", 90, "mg/dL", "2345-7", "Glucose2"));
        var selection = Of(RecordKind.LaboratoryResult) with { Value = new ValueFilter(ValueComparison.Above, 150, "mg/dL") };

        Assert.Equal(["10"], Texts(Run(record, selection, new ListAggregate())));
    }

    [Theory]
    [InlineData("<", 5, ValueComparison.Below, 6, true)]
    [InlineData("<", 5, ValueComparison.Above, 6, false)]
    [InlineData("<", 5, ValueComparison.Above, 3, null)]
    [InlineData(">", 5, ValueComparison.Above, 5, true)]
    [InlineData(">=", 5, ValueComparison.Above, 5, null)]
    [InlineData(">", 5, ValueComparison.Below, 5, false)]
    public void Value_with_a_comparator_passes_only_when_it_must(string comparator, decimal value, ValueComparison comparison, decimal bound, bool? expected)
    {
        var record = Complete(Quantity("a", "2024-01-01T08:00:00Z", value).Replace("'value':", $"'comparator':'{comparator}','value':", StringComparison.Ordinal));

        var result = Run(record, Of(RecordKind.LaboratoryResult) with { Value = new ValueFilter(comparison, bound, null) }, new ExistsAggregate());

        if (expected is { } decided)
            Assert.Equal(decided, Assert.Single(result.Values).Value.GetBoolean());
        else
            Assert.Equal("undetermined", result.Problem?.Code);
    }

    [Fact]
    public void Normal_is_decided_only_by_the_record_itself()
    {
        const string Range = ",'referenceRange':[{'low':{'value':4,'unit':'%'},'high':{'value':6,'unit':'%'}}]";
        var judged = Complete(Quantity("a", "2024-01-01T08:00:00Z", 7, more: Range), Quantity("b", "2024-01-02T08:00:00Z", 5, more: Range));
        var unjudged = Complete(Quantity("a", "2024-01-01T08:00:00Z", 7));
        var abnormal = Of(RecordKind.LaboratoryResult) with { Value = new ValueFilter(ValueComparison.Abnormal, 0, null) };

        Assert.Equal(["7"], Texts(Run(judged, abnormal, new ListAggregate())));
        Assert.Equal("undetermined", Run(unjudged, abnormal, new ListAggregate()).Problem?.Code);
    }

    [Fact]
    public void Encounter_takes_in_what_belongs_to_its_parts()
    {
        var record = Complete(
            Stay("h", "2024-01-01T00:00:01Z", "2024-01-09T00:00:00Z"),
            Stay("i", "2024-01-02T00:00:01Z", "2024-01-03T00:00:00Z", ",'partOf':{'reference':'Encounter/h'}"),
            Quantity("a", "2024-01-02T08:00:00Z", 7, more: ",'encounter':{'reference':'Encounter/i'}"),
            Quantity("b", "2024-01-02T08:00:00Z", 8));
        var selection = Of(RecordKind.LaboratoryResult) with { Encounter = "Encounter/h" };

        Assert.Equal(["7"], Texts(Run(record, selection, new ListAggregate())));
    }

    [Fact]
    public void Care_units_are_counted_one_by_one_and_named_by_their_location()
    {
        var record = Complete(
            Stay("h", "2024-01-01T00:00:01Z", "2024-01-09T00:00:00Z",
                ",'location':[{'location':{'reference':'Location/e'},'period':{'start':'2024-01-01T00:00:01Z','end':'2024-01-01T05:00:00Z'}},{'location':{'reference':'Location/m'},'period':{'start':'2024-01-01T05:00:00Z','end':'2024-01-09T00:00:00Z'}}]"),
            "{'resourceType':'Location','id':'e','name':'Emergency Department'}", "{'resourceType':'Location','id':'m','name':'Medicine'}");

        var latest = Run(record, Of(RecordKind.CareUnit), new LatestAggregate());
        Assert.Equal(["Medicine"], Texts(latest));
        Assert.Equal("Location/m", latest.Values[0].Evidence[0].Resource.ToString());
        Assert.Equal(2, Number(Run(record, Of(RecordKind.CareUnit), new CountAggregate())));
        Assert.Equal(["2024-01-01T05:00:00Z"], Texts(Run(record, Of(RecordKind.CareUnit) with { Via = "medicine" }, new LatestAggregate(), ResultElement.Start)));
    }

    [Fact]
    public void Route_and_admission_source_select()
    {
        var record = Complete(
            Order("a", "2024-01-01T08:00:00Z", "Heparin", ",'dosageInstruction':[{'route':{'coding':[{'code':'IV'}]}}]"),
            Order("b", "2024-01-02T08:00:00Z", "Senna", ",'dosageInstruction':[{'route':{'coding':[{'code':'PO'}]}}]"),
            Stay("h", "2024-01-01T00:00:01Z", "2024-01-09T00:00:00Z", ",'hospitalization':{'admitSource':{'coding':[{'code':'EMERGENCY ROOM'}]}}"));

        Assert.Equal(["Heparin"], Texts(Run(record, Of(RecordKind.MedicationRequest) with { Route = "iv" }, new ListAggregate())));
        Assert.Equal(1, Number(Run(record, Of(RecordKind.HospitalStay) with { Via = "Emergency Room" }, new CountAggregate())));
    }

    [Theory]
    [InlineData("IV", "'text':'Intravenous'", true)]
    [InlineData("IV", "'coding':[{'system':'http://snomed.info/sct','code':'47625008','display':'Intravenous route (qualifier value)'}]", true)]
    [InlineData("by mouth", "'coding':[{'code':'PO'}]", true)]
    [InlineData("SC", "'text':'Subcut.'", true)]
    [InlineData("IV", "'coding':[{'code':'PO'}]", false)]
    [InlineData("IV", "'coding':[{'code':'IV DRIP'}]", null)]
    [InlineData("IV", "'text':'as told'", null)]
    [InlineData("IV DRIP", "'coding':[{'code':'IV'}]", false)]
    public void A_route_is_the_same_however_it_is_written_and_one_that_may_be_it_proves_no_absence(string asked, string recorded, bool? same)
    {
        var record = Complete(Order("a", "2024-01-01T08:00:00Z", "Furosemide", $",'dosageInstruction':[{{'route':{{{recorded}}}}}]"));

        var outcome = Run(record, Of(RecordKind.MedicationRequest) with { Route = asked }, new CountAggregate()).Outcome;

        Assert.Equal(same switch { true => QueryOutcome.Found, false => QueryOutcome.SearchedAndEmpty, null => QueryOutcome.Failed }, outcome);
    }

    [Fact]
    public void What_has_no_recorded_route_is_neither_given_by_one_nor_by_none()
    {
        var record = Complete(Order("a", "2024-01-01T08:00:00Z", "Furosemide", ""), Order("b", "2024-01-01T08:00:00Z", "Furosemide", ",'dosageInstruction':[{'route':{'coding':[{'code':'IV'}]}}]"));

        Assert.Equal(QueryOutcome.Failed, Run(record, Of(RecordKind.MedicationRequest) with { Route = "PO" }, new CountAggregate()).Outcome);
        Assert.Equal(QueryOutcome.Failed, Run(record, Of(RecordKind.MedicationRequest) with { Route = "IV" }, new CountAggregate()).Outcome);
        var found = Run(record, Of(RecordKind.MedicationRequest) with { Route = "IV" }, new ListAggregate());
        Assert.Equal(["Furosemide"], Texts(found));
        Assert.Contains("Left out: 1 whose route is not recorded, or not clearly.", found.Notes);
    }

    [Fact]
    public void Note_text_is_looked_for_in_the_decoded_document()
    {
        var data = Convert.ToBase64String("Patient has a persistent\n dry cough."u8);
        var record = Complete($"{{'resourceType':'DocumentReference','id':'d','status':'current','type':{{'text':'Progress note'}},'date':'2024-01-01T08:00:00Z','content':[{{'attachment':{{'contentType':'text/plain','data':'{data}'}}}}]}}");
        var selection = Of(RecordKind.Document) with { NoteText = "Persistent dry cough" };

        Assert.Equal(["Progress note"], Texts(Run(record, selection, new ListAggregate())));
        Assert.Contains("dry cough", Texts(Run(record, selection, new LatestAggregate(), ResultElement.Text))[0], StringComparison.Ordinal);
        Assert.Equal(QueryOutcome.SearchedAndEmpty, Run(record, selection with { NoteText = "fever" }, new ListAggregate()).Outcome);
    }

    [Fact]
    public void Codes_select_with_and_without_their_system()
    {
        var record = Complete(Quantity("a", "2024-01-01T08:00:00Z", 7), Quantity("b", "2024-01-01T08:00:00Z", 9, loinc: "2345-7", name: "Glucose"));
        var selection = Of(RecordKind.LaboratoryResult) with { Codes = ["http://loinc.org|4548-4"] };

        Assert.Equal(["7"], Texts(Run(record, selection, new ListAggregate())));
        Assert.Equal(["9"], Texts(Run(record, selection with { Codes = ["2345-7"] }, new ListAggregate())));
        Assert.Equal(QueryOutcome.SearchedAndEmpty, Run(record, selection with { Codes = ["urn:other|2345-7"] }, new ListAggregate()).Outcome);
    }

    internal static string BloodPressure(string id, string time, int systolic, int diastolic) =>
        $"{{'resourceType':'Observation','id':'{id}','status':'final','category':[{{'coding':[{{'code':'vital-signs','system':'http://terminology.hl7.org/CodeSystem/observation-category'}}]}}],'code':{{'coding':[{{'system':'http://loinc.org','code':'85354-9','display':'Blood pressure panel'}}]}},'effectiveDateTime':'{time}','component':["
        + $"{{'code':{{'coding':[{{'system':'http://loinc.org','code':'8480-6','display':'Systolic blood pressure'}}]}},'valueQuantity':{{'value':{systolic},'unit':'mm[Hg]','system':'http://unitsofmeasure.org','code':'mm[Hg]'}}}},"
        + $"{{'code':{{'coding':[{{'system':'http://loinc.org','code':'8462-4','display':'Diastolic blood pressure'}}]}},'valueQuantity':{{'value':{diastolic},'unit':'mm[Hg]','system':'http://unitsofmeasure.org','code':'mm[Hg]'}}}}]}}";
}
