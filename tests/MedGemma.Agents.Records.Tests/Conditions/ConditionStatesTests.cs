using System.Globalization;
using MedGemma.Agents.Records.Conditions;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Tests.Building;

namespace MedGemma.Agents.Records.Tests.Conditions;

public sealed class ConditionStatesTests
{
    private const string Active = "\"clinicalStatus\":{\"coding\":[{\"code\":\"active\"}]}";
    private const string Resolved = "\"clinicalStatus\":{\"coding\":[{\"code\":\"resolved\"}]}";
    private const string Later = """{"resourceType":"Observation","id":"later","status":"final","subject":{"reference":"Patient/p"},"effectiveDateTime":"2022-01-01T00:00:00Z"}""";

    [Theory]
    [InlineData(Active + ",\"onsetDateTime\":\"2020-01-01\"", "2019-12-31T00:00:00Z", typeof(NotStartedCondition))]
    [InlineData(Active + ",\"onsetDateTime\":\"2020-01-01\"", "2021-01-01T00:00:00Z", typeof(PresentCondition))]
    [InlineData(Active + ",\"onsetDateTime\":\"2020-01-01\",\"recordedDate\":\"2021-06-01\"", "2021-01-01T00:00:00Z", typeof(NotStartedCondition))]
    [InlineData(Resolved + ",\"onsetDateTime\":\"2020-01-01\",\"abatementDateTime\":\"2020-03\"", "2020-02-01T00:00:00Z", typeof(PresentCondition))]
    [InlineData(Resolved + ",\"onsetDateTime\":\"2020-01-01\",\"abatementDateTime\":\"2020-03\"", "2020-03-15T00:00:00Z", typeof(UndeterminedCondition))]
    [InlineData(Resolved + ",\"onsetDateTime\":\"2020-01-01\",\"abatementDateTime\":\"2020-03\"", "2020-04-01T00:00:00Z", typeof(EndedCondition))]
    [InlineData(Resolved + ",\"onsetDateTime\":\"2020-01-01\"", "2020-04-01T00:00:00Z", typeof(UndeterminedCondition))]
    [InlineData(Resolved + ",\"onsetDateTime\":\"2020-01-01\"", "2022-04-01T00:00:00Z", typeof(EndedCondition))]
    [InlineData("\"onsetDateTime\":\"2020-01-01\"", "2021-01-01T00:00:00Z", typeof(UndeterminedCondition))]
    [InlineData(Active + ",\"verificationStatus\":{\"coding\":[{\"code\":\"refuted\"}]}", "2021-01-01T00:00:00Z", typeof(NotACondition))]
    [InlineData(Active + ",\"code\":{\"coding\":[{\"system\":\"http://hl7.org/fhir/sid/icd-10-cm\",\"code\":\"Z80.0\"}]}", "2021-01-01T00:00:00Z", typeof(NotACondition))]
    [InlineData(Active + ",\"code\":{\"coding\":[{\"system\":\"http://hl7.org/fhir/sid/icd-10-cm\",\"code\":\"Z85.3\"}]}", "2021-01-01T00:00:00Z", typeof(EndedCondition))]
    public void A_condition_is_present_from_onset_to_abatement_when_its_status_says_so(string elements, string moment, Type expected)
    {
        var record = RawRecords.Build("{\"resourceType\":\"Condition\",\"id\":\"c\",\"subject\":{\"reference\":\"Patient/p\"}," + elements + "}", Later);

        var state = ConditionStates.At(record, record.OfKind(RecordKind.Condition)[0], DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture));

        Assert.IsType(expected, state);
        Assert.NotEmpty(state.Grounds);
    }

    [Fact]
    public void No_condition_outlives_the_patient()
    {
        var record = RawRecords.Build(
            """{"resourceType":"Patient","id":"p","deceasedDateTime":"2021-01-01"}""",
            "{\"resourceType\":\"Condition\",\"id\":\"c\",\"subject\":{\"reference\":\"Patient/p\"},\"onsetDateTime\":\"2020\"," + Active + "}");

        Assert.IsType<EndedCondition>(ConditionStates.At(record, record.OfKind(RecordKind.Condition)[0], new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero)));
    }
}
