using System.Globalization;

namespace MedGemma.Agents.Records.Tests.Building;

public sealed class ClinicalTimeTests
{
    private const string Stay = """
        {"resourceType":"Encounter","id":"e","status":"finished","class":{"code":"IMP"},"subject":{"reference":"Patient/p"},
         "period":{"start":"2020-01-01T10:00:00Z","end":"2020-01-05T12:00:00Z"}}
        """;

    [Theory]
    [InlineData("Observation", "\"effectiveDateTime\":\"2020-01-02T10:00:00Z\",\"issued\":\"2020-01-03T10:00:00Z\"", "2020-01-02T10:00:00Z", "Observation.effective")]
    [InlineData("Observation", "\"effectivePeriod\":{\"start\":\"2020-01-02\"}", "2020-01-02T00:00:00Z", "Observation.effective.start")]
    [InlineData("Observation", "\"issued\":\"2020-01-03T10:00:00Z\"", "2020-01-03T10:00:00Z", "Observation.issued")]
    [InlineData("Procedure", "\"performedPeriod\":{\"start\":\"2020-01-02T10:00:00Z\",\"end\":\"2020-01-02T11:00:00Z\"}", "2020-01-02T10:00:00Z", "Procedure.performed.start")]
    [InlineData("MedicationRequest", "\"authoredOn\":\"2020-01-02\"", "2020-01-02T00:00:00Z", "MedicationRequest.authoredOn")]
    [InlineData("MedicationDispense", "\"whenPrepared\":\"2020-01-02\",\"whenHandedOver\":\"2020-01-03\"", "2020-01-03T00:00:00Z", "MedicationDispense.whenHandedOver")]
    [InlineData("Specimen", "\"collection\":{\"collectedDateTime\":\"2020-01-02\"}", "2020-01-02T00:00:00Z", "Specimen.collection.collected")]
    [InlineData("DocumentReference", "\"context\":{\"period\":{\"start\":\"2020-01-02\"}}", "2020-01-02T00:00:00Z", "DocumentReference.context.period.start")]
    [InlineData("Condition", "\"onsetDateTime\":\"2019\"", "2019-01-01T00:00:00Z", "Condition.onset")]
    [InlineData("Condition", "\"recordedDate\":\"2020-01-02\"", "2020-01-02T00:00:00Z", "Condition.recordedDate")]
    [InlineData("ImagingStudy", "\"started\":\"2020-01-02\"", "2020-01-02T00:00:00Z", "ImagingStudy.started")]
    [InlineData("Claim", "\"billablePeriod\":{\"start\":\"2020-01-02\"}", "2020-01-02T00:00:00Z", "Claim.billablePeriod.start")]
    public void The_clinical_time_is_the_types_own(string type, string elements, string start, string path)
    {
        var subject = type == "Claim" ? "patient" : "subject";
        var resource = RawRecords.BuildOne("{\"resourceType\":\"" + type + "\",\"id\":\"x\",\"" + subject + "\":{\"reference\":\"Patient/p\"}," + elements + "}");

        Assert.Equal(DateTimeOffset.Parse(start, CultureInfo.InvariantCulture), resource.When?.Start);
        Assert.Equal(path, resource.WhenPath);
        Assert.Equal(resource.Key, resource.WhenHolder);
    }

    [Fact]
    public void A_condition_without_onset_has_the_time_of_its_encounter_as_an_event()
    {
        var condition = RawRecords.BuildOne("""{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/p"},"encounter":{"reference":"Encounter/e"}}""", Stay);

        Assert.Equal("2020-01-01T10:00:00Z", condition.WhenText);
        Assert.Equal("Encounter.period.start", condition.WhenPath);
        Assert.Equal(condition.Encounter, condition.WhenHolder);
        Assert.False(condition.IsState);
        Assert.Equal(TimeSpan.FromTicks(1), condition.When!.Value.End - condition.When.Value.Start);
    }

    [Fact]
    public void A_condition_is_a_state_from_onset_to_abatement()
    {
        var ended = RawRecords.BuildOne("""{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/p"},"onsetDateTime":"2019-05","abatementDateTime":"2020-01-02"}""");
        var open = RawRecords.BuildOne("""{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/p"},"onsetDateTime":"2019-05"}""");
        var reversed = RawRecords.BuildOne("""{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/p"},"onsetDateTime":"2019-05-02","abatementDateTime":"2018"}""");

        Assert.True(ended.IsState);
        Assert.Equal(new DateTimeOffset(2020, 1, 3, 0, 0, 0, TimeSpan.Zero), ended.When?.End);
        Assert.Null(open.When?.End);
        Assert.Null(reversed.When?.End);
    }

    [Fact]
    public void A_period_that_ends_before_it_starts_keeps_its_start_and_loses_its_end()
    {
        var encounter = RawRecords.BuildOne("""{"resourceType":"Encounter","id":"e","subject":{"reference":"Patient/p"},"period":{"start":"2020-01-05","end":"2020-01-01"}}""");

        Assert.Equal(new DateTimeOffset(2020, 1, 5, 0, 0, 0, TimeSpan.Zero), encounter.When?.Start);
        Assert.Equal(new DateTimeOffset(2020, 1, 6, 0, 0, 0, TimeSpan.Zero), encounter.When?.End);
    }

    [Fact]
    public void An_unreadable_date_is_no_time()
    {
        var observation = RawRecords.BuildOne("""{"resourceType":"Observation","id":"o","subject":{"reference":"Patient/p"},"effectiveDateTime":"last week"}""");

        Assert.Null(observation.When);
        Assert.Null(observation.WhenText);
    }

    [Fact]
    public void Midnight_is_a_day_where_a_profile_writes_nothing_else()
    {
        string Procedure(string id, string time, string profile) =>
            "{\"resourceType\":\"Procedure\",\"id\":\"" + id + "\",\"meta\":{\"profile\":[\"" + profile + "\"]},\"subject\":{\"reference\":\"Patient/p\"},\"performedDateTime\":\"" + time + "\"}";

        var record = RawRecords.Build(
            Procedure("1", "2020-01-01T00:00:00-05:00", "days"),
            Procedure("2", "2020-02-01T00:00:00-05:00", "days"),
            Procedure("3", "2020-03-01T00:00:00-05:00", "times"),
            Procedure("4", "2020-03-01T10:30:00-05:00", "times"));

        TimeSpan? Length(string id) => record.Resources.Single(resource => resource.Key.Id == id).When is { } when ? when.End - when.Start : null;
        Assert.Equal(TimeSpan.FromDays(1), Length("1"));
        Assert.Equal(TimeSpan.FromDays(1), Length("2"));
        Assert.Equal(TimeSpan.FromTicks(1), Length("3"));
    }

    [Fact]
    public void When_it_was_recorded_is_kept_beside_when_it_was()
    {
        var observation = RawRecords.BuildOne("""{"resourceType":"Observation","id":"o","subject":{"reference":"Patient/p"},"effectiveDateTime":"2020-01-01","issued":"2020-01-09T10:00:00Z"}""");

        Assert.Equal(new DateTimeOffset(2020, 1, 9, 10, 0, 0, TimeSpan.Zero), observation.RecordedAt);
    }
}
