using System.Globalization;
using MedGemma.Agents.Records.Medications;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Tests.Building;

namespace MedGemma.Agents.Records.Tests.Medications;

public sealed class MedicationStatesTests
{
    private const string Validity = "\"dispenseRequest\":{\"validityPeriod\":{\"start\":\"2020-01-02T08:00:00Z\",\"end\":\"2020-01-04T08:00:00Z\"}}";
    private const string LaterVisit = """{"resourceType":"Observation","id":"later","status":"final","subject":{"reference":"Patient/p"},"effectiveDateTime":"2022-01-01T00:00:00Z"}""";
    private const string Stay = """{"resourceType":"Encounter","id":"e","status":"finished","class":{"code":"IMP"},"subject":{"reference":"Patient/p"},"period":{"start":"2020-01-01","end":"2020-01-05T12:00:00Z"}}""";

    [Theory]
    [InlineData("2020-01-02T07:59:59Z", typeof(NotStartedMedication))]
    [InlineData("2020-01-02T08:00:00Z", typeof(CurrentMedication))]
    [InlineData("2020-01-04T07:59:59Z", typeof(CurrentMedication))]
    [InlineData("2020-01-04T08:00:00Z", typeof(EndedMedication))]
    public void A_validity_period_is_half_open(string moment, Type expected) =>
        AssertState(expected, moment, Order("completed", Validity));

    [Fact]
    public void An_order_is_not_in_force_before_it_was_written() =>
        AssertState(typeof(NotStartedMedication), "2020-01-01T00:00:00Z", Order("active"));

    [Fact]
    public void An_active_order_says_its_age()
    {
        var state = AssertState(typeof(CurrentMedication), "2021-01-01T00:00:00Z", Order("active"));

        Assert.Equal("active since 2020-01-02T08:00:00Z, not renewed", state.Reason);
        Assert.Contains(state.Grounds, ground => ground.Path == "MedicationRequest.status" && ground.Text == "active");
        Assert.Contains(state.Grounds, ground => ground.Path == "MedicationRequest.authoredOn");
    }

    [Fact]
    public void A_stopped_order_without_a_stop_date_is_undetermined_in_the_past_and_ended_at_the_end_of_the_record()
    {
        AssertState(typeof(UndeterminedMedication), "2020-06-01T00:00:00Z", Order("stopped"), LaterVisit);
        AssertState(typeof(EndedMedication), "2022-01-01T00:00:00Z", Order("stopped"), LaterVisit);
        AssertState(typeof(UndeterminedMedication), "2020-01-03T08:00:00Z", Order("stopped", Validity), LaterVisit);
    }

    [Fact]
    public void What_was_given_later_proves_that_a_stopped_order_was_in_force_but_only_once_it_is_known()
    {
        const string Given = """{"resourceType":"MedicationAdministration","id":"g","status":"completed","subject":{"reference":"Patient/p"},"request":{"reference":"MedicationRequest/m"},"effectiveDateTime":"2020-01-03T12:00:00Z"}""";
        AssertState(typeof(CurrentMedication), "2020-01-03T08:00:00Z", Order("stopped"), Given, LaterVisit);
        AssertState(typeof(UndeterminedMedication), "2020-01-03T13:00:00Z", Order("stopped"), Given, LaterVisit);

        var record = RawRecords.Build(Order("stopped"), Given, LaterVisit);
        var moment = Moment("2020-01-03T08:00:00Z");
        Assert.IsType<UndeterminedMedication>(new MedicationStates(record).At(record.OfKind(RecordKind.MedicationRequest)[0], moment, moment));
    }

    [Fact]
    public void A_dose_that_was_not_given_proves_nothing()
    {
        const string Held = """{"resourceType":"MedicationAdministration","id":"g","status":"completed","subject":{"reference":"Patient/p"},"request":{"reference":"MedicationRequest/m"},"effectiveDateTime":"2020-01-03T12:00:00Z","dosage":{"method":{"coding":[{"code":"Hold Dose"}]}}}""";

        AssertState(typeof(UndeterminedMedication), "2020-01-03T08:00:00Z", Order("stopped"), Held, LaterVisit);
    }

    [Theory]
    [InlineData("\"category\":[{\"coding\":[{\"code\":\"inpatient\"}]}]", "active", typeof(EndedMedication))]
    [InlineData("\"category\":[{\"coding\":[{\"code\":\"community\"}]}]", "active", typeof(CurrentMedication))]
    [InlineData("\"priority\":\"routine\"", "active", typeof(UndeterminedMedication))]
    [InlineData("\"priority\":\"routine\"", "completed", typeof(EndedMedication))]
    public void The_end_of_the_stay_caps_inpatient_orders(string elements, string status, Type expected) =>
        AssertState(expected, "2020-01-05T12:00:00Z", Order(status, elements + ",\"encounter\":{\"reference\":\"Encounter/e\"}"), Stay, LaterVisit);

    [Theory]
    [InlineData("\"deceasedDateTime\":\"2020-03-01T10:00:00Z\"", "2020-02-29T10:00:00Z", typeof(CurrentMedication))]
    [InlineData("\"deceasedDateTime\":\"2020-03-01T10:00:00Z\"", "2020-03-01T10:00:00Z", typeof(EndedMedication))]
    [InlineData("\"deceasedBoolean\":true", "2020-03-01T10:00:00Z", typeof(UndeterminedMedication))]
    [InlineData("\"deceasedBoolean\":false", "2020-03-01T10:00:00Z", typeof(CurrentMedication))]
    public void Nothing_is_current_after_death(string death, string moment, Type expected) =>
        AssertState(expected, moment, Order("active"), "{\"resourceType\":\"Patient\",\"id\":\"p\"," + death + "}");

    [Fact]
    public void A_supply_that_ran_out_without_a_renewal_leaves_an_active_order_undetermined()
    {
        const string Supply = "\"dispenseRequest\":{\"numberOfRepeatsAllowed\":1,\"expectedSupplyDuration\":{\"value\":30,\"code\":\"d\"}}";
        AssertState(typeof(CurrentMedication), "2020-03-01T00:00:00Z", Order("active", Supply));
        AssertState(typeof(UndeterminedMedication), "2020-04-01T00:00:00Z", Order("active", Supply));
    }

    [Theory]
    [InlineData("cancelled", typeof(NotStartedMedication))]
    [InlineData("entered-in-error", typeof(NotStartedMedication))]
    [InlineData("on-hold", typeof(UndeterminedMedication))]
    [InlineData("unknown", typeof(UndeterminedMedication))]
    public void Other_statuses_are_never_current(string status, Type expected) =>
        AssertState(expected, "2020-02-01T00:00:00Z", Order(status), LaterVisit);

    [Theory]
    [InlineData("active", "\"effectivePeriod\":{\"start\":\"2020-01-01\",\"end\":\"2020-01-31\"}", "2020-01-31T23:00:00Z", typeof(CurrentMedication))]
    [InlineData("active", "\"effectivePeriod\":{\"start\":\"2020-01-01\",\"end\":\"2020-01-31\"}", "2020-02-01T00:00:00Z", typeof(EndedMedication))]
    [InlineData("active", "\"effectivePeriod\":{\"start\":\"2020-01-01\"}", "2019-12-31T00:00:00Z", typeof(NotStartedMedication))]
    [InlineData("unknown", "\"dateAsserted\":\"2020-01-01\"", "2020-02-01T00:00:00Z", typeof(UndeterminedMedication))]
    [InlineData("active", "\"dateAsserted\":\"2020-01-01\"", "2019-02-01T00:00:00Z", typeof(UndeterminedMedication))]
    public void A_statement_holds_in_its_period(string status, string elements, string moment, Type expected)
    {
        var record = RawRecords.Build("{\"resourceType\":\"MedicationStatement\",\"id\":\"s\",\"status\":\"" + status + "\",\"subject\":{\"reference\":\"Patient/p\"}," + elements + "}", LaterVisit);

        Assert.IsType(expected, new MedicationStates(record).At(record.OfKind(RecordKind.MedicationStatement)[0], Moment(moment), Moment("2030-01-01T00:00:00Z")));
    }

    [Theory]
    [InlineData("\"daysSupply\":{\"value\":30,\"unit\":\"days\"}", "2020-01-30T00:00:00Z", typeof(CurrentMedication))]
    [InlineData("\"daysSupply\":{\"value\":30,\"unit\":\"days\"}", "2020-01-31T00:00:00Z", typeof(EndedMedication))]
    [InlineData("\"quantity\":{\"value\":30}", "2020-01-03T00:00:00Z", typeof(UndeterminedMedication))]
    public void A_dispense_lasts_as_long_as_its_supply(string elements, string moment, Type expected)
    {
        var record = RawRecords.Build("{\"resourceType\":\"MedicationDispense\",\"id\":\"d\",\"status\":\"completed\",\"subject\":{\"reference\":\"Patient/p\"},\"whenHandedOver\":\"2020-01-01\"," + elements + "}");

        Assert.IsType(expected, new MedicationStates(record).At(record.OfKind(RecordKind.MedicationDispense)[0], Moment(moment), Moment(moment)));
    }

    private static string Order(string status, string? elements = null) =>
        "{\"resourceType\":\"MedicationRequest\",\"id\":\"m\",\"status\":\"" + status + "\",\"intent\":\"order\",\"subject\":{\"reference\":\"Patient/p\"},\"authoredOn\":\"2020-01-02T08:00:00Z\"" + (elements is null ? "" : "," + elements) + "}";

    private static MedicationState AssertState(Type expected, string moment, params string[] resources)
    {
        var record = RawRecords.Build(resources);
        var state = new MedicationStates(record).At(record.OfKind(RecordKind.MedicationRequest)[0], Moment(moment), Moment("2030-01-01T00:00:00Z"));
        Assert.IsType(expected, state);
        Assert.NotEmpty(state.Reason);
        return state;
    }

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
