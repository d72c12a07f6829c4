using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Tests.Verification;

/// <summary>What a claim calls a thing: by its name as recorded, with the words and the numbers that belong to it.</summary>
public sealed class ClaimNameTests
{
    private readonly Chart _chart = new();

    [Theory]
    [InlineData("Percutaneous abdominal drainage was performed on 2180-08-07.", true)]
    [InlineData("Percutaneous abdominal drainage was performed on the left side on 2180-08-07.", false)]
    [InlineData("Percutaneous abdominal drainage was not performed on 2180-08-07.", false)]
    public void A_procedure_is_named_as_recorded(string sentence, bool isTrue)
    {
        var procedure = _chart.Add("Procedure", RecordKind.Procedure, "Percutaneous abdominal drainage", "2180-08-07T10:00:00-04:00", "completed");
        _chart.Check(sentence, Chart.Found(Chart.Query(RecordKind.Procedure, new LatestAggregate()), [Chart.Value(procedure, "Percutaneous abdominal drainage")], 1), isTrue);
    }

    [Fact]
    public void A_name_keeps_the_words_that_turn_its_meaning()
    {
        var resource = _chart.Add("Condition", RecordKind.Condition, "Encounter for screening for malignant neoplasm of colon", "2180-05-06", "active");
        var result = Chart.Found(
            Chart.Query(RecordKind.Condition, new LatestAggregate(), "colon cancer"), [Chart.Value(resource, "Encounter for screening for malignant neoplasm of colon")], 1);
        _chart.Passes("The latest diagnosis is encounter for screening for malignant neoplasm of colon.", result);
        _chart.Refused("The latest diagnosis is malignant neoplasm of colon.", result);
        _chart.Refused("The latest diagnosis is colon cancer.", result);
    }

    [Theory]
    [InlineData("The latest PHQ-9 was 14.", true)]
    [InlineData("The latest PHQ-9 was 9.", false)]
    [InlineData("The latest PHQ-9 total score: 9.", false)]
    [InlineData("The latest Patient Health Questionnaire 9 item score was 14.", true)]
    [InlineData("There are 9 observations of PHQ-9.", false)]
    public void A_number_of_a_name_is_no_value_of_it(string sentence, bool isTrue)
    {
        const string Name = "Patient Health Questionnaire 9 item (PHQ-9) total score [Reported]";
        var resource = _chart.Add("Observation", RecordKind.Observation, Name, "2024-11-22T13:05:00+01:00");
        _chart.Check(sentence, Chart.Found(Chart.Query(RecordKind.Observation, new LatestAggregate(), Name), [Chart.Value(resource, 14m, "{score}")], 5, 1, "PHQ-9"), isTrue);
    }

    [Theory]
    [InlineData("The highest weight was 80 kg.", true)]
    [InlineData("The longest weight was 80 kg.", false)]
    public void Only_what_has_a_length_is_the_longest(string sentence, bool isTrue)
    {
        var resource = _chart.Add("Observation", RecordKind.VitalSign, "Body weight", "2024-11-22");
        _chart.Check(sentence, Chart.Found(Chart.Query(RecordKind.VitalSign, new ExtremeAggregate(true), "Body weight"), [Chart.Value(resource, 80m, "kg")], 5, 1, "weight"), isTrue);
    }
}
