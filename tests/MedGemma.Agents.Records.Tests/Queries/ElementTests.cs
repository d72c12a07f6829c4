using MedGemma.Agents.Records.Queries;
using static MedGemma.Agents.Records.Tests.Queries.QueryTest;
using static MedGemma.Agents.Records.Tests.Queries.TestRecords;

namespace MedGemma.Agents.Records.Tests.Queries;

public sealed class ElementTests
{
    private const string FullOrder = "{'resourceType':'MedicationRequest','id':'m','status':'active','intent':'order','authoredOn':'2024-01-01T08:00:00Z',"
        + "'requester':{'reference':'Practitioner/d'},'reasonCode':[{'text':'Insomnia'}],'medicationReference':{'reference':'Medication/z'},"
        + "'dosageInstruction':[{'text':'at bedtime','route':{'coding':[{'code':'PO'}]},'timing':{'repeat':{'frequency':1,'period':1,'periodUnit':'d'}},'doseAndRate':[{'doseRange':{'low':{'value':5,'unit':'mg'},'high':{'value':10,'unit':'mg'}}}]}]}";

    private const string NamedByIdentifier = "{'resourceType':'Medication','id':'z','code':{'coding':[{'code':'60505260400'}]},'identifier':["
        + "{'value':'AMBI5','system':'http://x/mimic-medication-formulary-drug-cd'},{'value':'Zolpidem Tartrate','system':'http://x/mimic-medication-name'}]}";

    private const string Doctor = "{'resourceType':'Practitioner','id':'d','name':[{'family':'House','given':['Gregory']}]}";

    [Theory]
    [InlineData(ResultElement.Name, "Zolpidem Tartrate")]
    [InlineData(ResultElement.Code, "60505260400")]
    [InlineData(ResultElement.Status, "active")]
    [InlineData(ResultElement.Start, "2024-01-01T08:00:00Z")]
    [InlineData(ResultElement.Dose, "5|10")]
    [InlineData(ResultElement.DosageInstruction, "at bedtime")]
    [InlineData(ResultElement.Route, "PO")]
    [InlineData(ResultElement.Frequency, "1 per 1 d")]
    [InlineData(ResultElement.Performer, "Gregory House")]
    [InlineData(ResultElement.Reason, "Insomnia")]
    public void Elements_of_an_order(ResultElement element, string expected) =>
        Assert.Equal(expected, string.Join('|', Texts(Run(Complete(FullOrder, NamedByIdentifier, Doctor), Of(RecordKind.MedicationRequest), new LatestAggregate(), element))));

    [Fact]
    public void Name_of_a_referenced_medication_is_proved_by_the_medication_and_the_reference()
    {
        var value = Assert.Single(Run(Complete(FullOrder, NamedByIdentifier), Of(RecordKind.MedicationRequest), new LatestAggregate()).Values);

        Assert.Equal(("Medication/z", "Medication.identifier[1].value"), (value.Evidence[0].Resource.ToString(), value.Evidence[0].Path));
        Assert.Equal("MedicationRequest.medication.ofType(Reference).reference", value.Evidence[1].Path);
    }

    [Theory]
    [InlineData(ResultElement.Gender, "female")]
    [InlineData(ResultElement.BirthDate, "1950-06-15")]
    [InlineData(ResultElement.Age, "74")]
    [InlineData(ResultElement.PatientName, "Ann May Roe")]
    [InlineData(ResultElement.Identifier, "4711")]
    [InlineData(ResultElement.Address, "1 Main St, Boston, 02118")]
    [InlineData(ResultElement.Telecom, "555-1234")]
    [InlineData(ResultElement.Language, "English")]
    [InlineData(ResultElement.MaritalStatus, "Married")]
    [InlineData(ResultElement.Race, "White")]
    [InlineData(ResultElement.Ethnicity, "Not Hispanic or Latino")]
    public void Elements_of_a_patient(ResultElement element, string expected)
    {
        const string Full = "{'resourceType':'Patient','id':'p','birthDate':'1950-06-15','gender':'female','name':[{'family':'Roe','given':['Ann','May']}],"
            + "'identifier':[{'value':'4711','system':'urn:mrn'}],'address':[{'line':['1 Main St'],'city':'Boston','postalCode':'02118'}],'telecom':[{'system':'phone','value':'555-1234'}],"
            + "'communication':[{'language':{'text':'English'}}],'maritalStatus':{'coding':[{'code':'M','display':'Married'}]},"
            + "'extension':[{'url':'http://hl7.org/fhir/us/core/StructureDefinition/us-core-race','extension':[{'url':'ombCategory','valueCoding':{'code':'2106-3','display':'White'}},{'url':'text','valueString':'White'}]},"
            + "{'url':'http://hl7.org/fhir/us/core/StructureDefinition/us-core-ethnicity','extension':[{'url':'ombCategory','valueCoding':{'code':'2186-5','display':'Not Hispanic or Latino'}}]}]}";

        Assert.Equal([expected], Texts(Run(Complete(Full), Of(RecordKind.Patient), new LatestAggregate(), element)));
    }

    [Fact]
    public void Age_stops_at_death()
    {
        const string Dead = "{'resourceType':'Patient','id':'p','birthDate':'1950-06-15','deceasedDateTime':'2010-06-14T08:00:00Z'}";
        var record = Complete(Dead);

        Assert.Equal(59, Number(Run(record, Of(RecordKind.Patient), new LatestAggregate(), ResultElement.Age)));
        Assert.Equal(["2010-06-14T08:00:00Z"], Texts(Run(record, Of(RecordKind.Patient), new LatestAggregate(), ResultElement.Deceased)));
        var before = Now with { AsOf = new DateTimeOffset(2005, 1, 1, 0, 0, 0, TimeSpan.Zero) };
        Assert.Empty(Run(record, Of(RecordKind.Patient), new LatestAggregate(), ResultElement.Deceased, context: before).Values);
    }

    [Theory]
    [InlineData(14, 49)]
    [InlineData(15, 50)]
    public void Age_in_a_window_is_that_at_its_beginning(int day, int years)
    {
        var from = new DateTimeOffset(2000, 6, day, 0, 0, 0, TimeSpan.Zero);
        var record = Complete("{'resourceType':'Patient','id':'p','birthDate':'1950-06-15'}");

        Assert.Equal(years, Number(Run(record, Of(RecordKind.Patient) with { Window = new QueryWindow(from, from.AddDays(1)) }, new LatestAggregate(), ResultElement.Age)));
    }

    [Theory]
    [InlineData(ResultElement.Name, "inpatient")]
    [InlineData(ResultElement.Start, "2024-01-01T00:00:01Z")]
    [InlineData(ResultElement.End, "2024-01-09T12:00:01Z")]
    [InlineData(ResultElement.Duration, "8.5")]
    [InlineData(ResultElement.Status, "finished")]
    [InlineData(ResultElement.Location, "Ward 7")]
    [InlineData(ResultElement.AdmissionSource, "Clinic referral")]
    [InlineData(ResultElement.DischargeDisposition, "HOME")]
    [InlineData(ResultElement.Performer, "Dr. No")]
    public void Elements_of_an_encounter(ResultElement element, string expected)
    {
        var record = Complete(Stay("h", "2024-01-01T00:00:01Z", "2024-01-09T12:00:01Z",
            ",'hospitalization':{'admitSource':{'text':'Clinic referral'},'dischargeDisposition':{'coding':[{'code':'HOME'}]}},'participant':[{'individual':{'display':'Dr. No'}}],'location':[{'location':{'display':'Ward 7'}}]"));

        Assert.Equal([expected], Texts(Run(record, Of(RecordKind.HospitalStay), new LatestAggregate(), element)));
    }

    [Fact]
    public void End_of_an_order_is_proved_by_the_bounds_of_its_dosage()
    {
        var record = Complete(Order("o", "2024-01-01T08:00:00Z", "Senna",
            ",'dosageInstruction':[{'timing':{'repeat':{'boundsPeriod':{'start':'2024-01-01T08:00:00Z','end':'2024-01-05T08:00:00Z'}}}}]"));

        var value = Assert.Single(Run(record, Of(RecordKind.MedicationRequest), new LatestAggregate(), ResultElement.End).Values);

        Assert.Equal("2024-01-05T08:00:00Z", value.Value.GetString());
        Assert.Equal("MedicationRequest.dosageInstruction[0].timing.repeat.bounds.ofType(Period).end", value.Evidence[0].Path);
    }

    [Fact]
    public void End_that_had_not_come_is_not_known()
    {
        var record = Complete(Stay("h", "2024-01-01T00:00:01Z", "2024-01-09T12:00:00Z"));
        var during = Now with { AsOf = new DateTimeOffset(2024, 1, 5, 0, 0, 0, TimeSpan.Zero) };

        Assert.Empty(Run(record, Of(RecordKind.HospitalStay), new LatestAggregate(), ResultElement.End, context: during).Values);
        Assert.Single(Run(record, Of(RecordKind.HospitalStay) with { CurrentOnly = true }, new LatestAggregate(), context: during).Values);
        Assert.Empty(Run(record, Of(RecordKind.HospitalStay) with { CurrentOnly = true }, new LatestAggregate()).Values);
    }

    [Theory]
    [InlineData("'valueQuantity':{'value':7.50,'unit':'%'}", "7.50")]
    [InlineData("'valueString':'turbid'", "turbid")]
    [InlineData("'valueBoolean':true", "True")]
    [InlineData("'valueInteger':3", "3")]
    [InlineData("'valueCodeableConcept':{'coding':[{'code':'LA1','display':'Never smoker'}]}", "Never smoker")]
    [InlineData("'valueDateTime':'2024-05-06T07:08:09+02:00'", "2024-05-06T07:08:09+02:00")]
    [InlineData("'valueTime':'08:30:00'", "08:30:00")]
    [InlineData("'valueRange':{'low':{'value':1},'high':{'value':2}}", "1|2")]
    [InlineData("'valueRatio':{'numerator':{'value':1},'denominator':{'value':128}}", "1|128")]
    [InlineData("'valuePeriod':{'start':'2024-01-01','end':'2024-01-02'}", "2024-01-01|2024-01-02")]
    [InlineData("'valueSampledData':{'origin':{'value':0},'period':10,'dimensions':1,'data':'1 2 3'}", "1 2 3")]
    public void Every_type_of_value_is_read(string value, string expected)
    {
        var record = Complete($"{{'resourceType':'Observation','id':'o','status':'final','code':{{'text':'X'}},'effectiveDateTime':'2024-02-01T08:00:00Z',{value}}}");

        Assert.Equal(expected, string.Join('|', Texts(Run(record, Of(RecordKind.Observation), new LatestAggregate()))));
    }

    [Theory]
    [InlineData(ResultElement.Unit, "mmol/L")]
    [InlineData(ResultElement.Interpretation, "High")]
    [InlineData(ResultElement.ReferenceRange, "3.5 - 5.10")]
    [InlineData(ResultElement.ReferenceLow, "3.5")]
    [InlineData(ResultElement.ReferenceHigh, "5.10")]
    [InlineData(ResultElement.BodySite, "left arm")]
    [InlineData(ResultElement.Specimen, "Blood")]
    [InlineData(ResultElement.Performer, "Lab")]
    public void Elements_of_an_observation(ResultElement element, string expected)
    {
        var record = Complete(
            Quantity("o", "2024-01-01T08:00:00Z", 6, "mmol/L", more: ",'interpretation':[{'coding':[{'code':'H','display':'High'}]}],'referenceRange':[{'low':{'value':3.5},'high':{'value':5.10}}],'bodySite':{'text':'left arm'},'specimen':{'reference':'Specimen/s'},'performer':[{'display':'Lab'}]"),
            "{'resourceType':'Specimen','id':'s','type':{'coding':[{'code':'B','display':'Blood'}]}}");

        Assert.Equal([expected], Texts(Run(record, Of(RecordKind.LaboratoryResult), new LatestAggregate(), element)));
    }

    [Theory]
    [InlineData(ResultElement.Unit, "%")]
    [InlineData(ResultElement.ReferenceHigh, "5.6")]
    [InlineData(ResultElement.ReferenceRange, "4 - 5.6")]
    public void Unit_and_range_of_a_test_are_those_of_the_last_result_that_has_them(ResultElement element, string expected)
    {
        var record = Complete(
            Quantity("a", "2024-01-01T08:00:00Z", 6, more: ",'referenceRange':[{'low':{'value':4},'high':{'value':5.6}}]"),
            "{'resourceType':'Observation','id':'b','status':'final','category':[{'coding':[{'code':'laboratory'}]}],'code':{'coding':[{'system':'http://loinc.org','code':'4548-4','display':'Hemoglobin A1c'}]},'effectiveDateTime':'2024-02-01T08:00:00Z','dataAbsentReason':{'text':'clotted'}}");

        Assert.Equal([expected], Texts(Run(record, Of(RecordKind.LaboratoryResult), new LatestAggregate(), element)));
    }

    [Fact]
    public void Time_of_a_condition_without_one_is_that_of_its_encounter()
    {
        var record = Complete(
            Stay("h", "2024-01-01T00:00:01Z", "2024-01-09T00:00:00Z"),
            "{'resourceType':'Condition','id':'c','code':{'text':'Sepsis'},'encounter':{'reference':'Encounter/h'}}");

        var value = Assert.Single(Run(record, Of(RecordKind.Condition), new LatestAggregate(), ResultElement.Start).Values);

        Assert.Equal(("2024-01-01T00:00:01Z", "Encounter/h", "Encounter.period.start"), (value.Value.GetString(), value.Evidence[0].Resource.ToString(), value.Evidence[0].Path));
    }

    [Fact]
    public void Organism_and_specimen_are_followed_through_their_links()
    {
        const string Test = "{'resourceType':'Observation','id':'t','status':'final','category':[{'coding':[{'code':'laboratory'}]}],'code':{'coding':[{'system':'http://x/mimic-microbiology-test','code':'1','display':'Blood Culture, Routine'}]},'effectiveDateTime':'2024-01-01T08:00:00Z','specimen':{'reference':'Specimen/s'},'hasMember':[{'reference':'Observation/g'}]}";
        const string Grown = "{'resourceType':'Observation','id':'g','status':'final','category':[{'coding':[{'code':'laboratory'}]}],'code':{'coding':[{'system':'http://x/mimic-microbiology-organism','code':'2','display':'ESCHERICHIA COLI'}]},'effectiveDateTime':'2024-01-01T08:00:00Z','derivedFrom':[{'reference':'Observation/t'}]}";
        const string Specimen = "{'resourceType':'Specimen','id':'s','type':{'coding':[{'code':'70012','display':'BLOOD CULTURE'}]}}";
        var record = Complete(Test, Grown, Specimen);

        var organism = Run(record, Of(RecordKind.MicrobiologyTest) with { Via = "Blood culture" }, new LatestAggregate(), ResultElement.Organism);
        Assert.Equal(["ESCHERICHIA COLI"], Texts(organism));
        Assert.Equal("Observation/g", organism.Values[0].Evidence[0].Resource.ToString());
        Assert.Equal(["ESCHERICHIA COLI"], Texts(Run(record, Of(RecordKind.Organism) with { Via = "BLOOD CULTURE" }, new LatestAggregate())));
        Assert.Equal(["BLOOD CULTURE"], Texts(Run(record, Of(RecordKind.Organism), new LatestAggregate(), ResultElement.Specimen)));
    }

    [Fact]
    public void Contained_medication_is_named_where_it_stands()
    {
        const string Order = "{'resourceType':'MedicationRequest','id':'m','status':'active','intent':'order','authoredOn':'2024-01-01T08:00:00Z','contained':[{'resourceType':'Medication','id':'x','code':{'text':'Aspirin 81 mg'}}],'medicationReference':{'reference':'#x'}}";

        var value = Assert.Single(Run(Complete(Order), Of(RecordKind.MedicationRequest), new LatestAggregate()).Values);

        Assert.Equal(("Aspirin 81 mg", "MedicationRequest.contained[0].code.text"), (value.Value.GetString(), value.Evidence[0].Path));
    }

    [Theory]
    [InlineData(ResultElement.Severity, "high")]
    [InlineData(ResultElement.Reaction, "Hives")]
    [InlineData(ResultElement.Name, "Penicillin")]
    [InlineData(ResultElement.Start, "2019")]
    [InlineData(ResultElement.Status, "active")]
    public void Elements_of_an_allergy(ResultElement element, string expected)
    {
        var record = Complete("{'resourceType':'AllergyIntolerance','id':'a','clinicalStatus':{'coding':[{'code':'active'}]},'criticality':'high','code':{'text':'Penicillin'},'onsetDateTime':'2019','reaction':[{'manifestation':[{'text':'Hives'}]}]}");

        Assert.Equal([expected], Texts(Run(record, Of(RecordKind.Allergy), new LatestAggregate(), element)));
    }

    [Fact]
    public void Answers_of_a_questionnaire_carry_their_question()
    {
        var record = Complete("{'resourceType':'QuestionnaireResponse','id':'q','status':'completed','authored':'2024-01-01T08:00:00Z','item':[{'linkId':'1','text':'Do you smoke?','answer':[{'valueBoolean':false}]},{'linkId':'2','item':[{'linkId':'2.1','text':'Cups a day','answer':[{'valueInteger':2}]}]}]}");

        var result = Run(record, Of(RecordKind.QuestionnaireResponse), new LatestAggregate(), ResultElement.Value);

        Assert.Equal([("Do you smoke?", "False"), ("Cups a day", "2")], result.Values.Select(value => (value.Label!, value.Value.ToString())));
    }
}
