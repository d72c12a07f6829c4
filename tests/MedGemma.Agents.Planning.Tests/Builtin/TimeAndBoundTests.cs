using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Planners;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>Bounds of values and words of time as clinicians put them; plans are written as <see cref="PlanText"/> writes them.</summary>
public sealed class TimeAndBoundTests
{
    [Theory]
    [InlineData("how many A1cs of 7.2 or higher", "count LaboratoryResult 'a1c' AtLeast 7.2")]
    [InlineData("how many A1cs were at or above 7.2", "count LaboratoryResult 'a1c' AtLeast 7.2")]
    [InlineData("how many A1cs were no lower than 7.2", "count LaboratoryResult 'a1c' AtLeast 7.2")]
    [InlineData("how many A1cs were greater than or equal to 7.2", "count LaboratoryResult 'a1c' AtLeast 7.2")]
    [InlineData("how many A1cs reached 7.2 or more", "count LaboratoryResult 'a1c' AtLeast 7.2")]
    [InlineData("how many A1cs were 7.2 or below", "count LaboratoryResult 'a1c' AtMost 7.2")]
    [InlineData("how many A1cs did not exceed 7.2", "count LaboratoryResult 'a1c' AtMost 7.2")]
    [InlineData("how many A1cs in excess of 7.2", "count LaboratoryResult 'a1c' Above 7.2")]
    [InlineData("how many sodiums over 1,390", "count LaboratoryResult 'sodiums' Above 1390")]
    [InlineData("K above 5 at any point in time?", "exists LaboratoryResult 'k' Above 5")]
    [InlineData("Any potassium since March 2025?", "exists LaboratoryResult 'potassium' 2025-03-01..")]
    [InlineData("minimum sodium, all time", "lowest LaboratoryResult 'sodium'")]
    [InlineData("When we first checked sodium, what was the value?", "earliest Observation 'sodium'")]
    [InlineData("What was the sodium when it was last checked?", "latest LaboratoryResult 'sodium'")]
    [InlineData("Sodium at the 3 June 2025 check?", "latest LaboratoryResult 'sodium' 2025-06-03..2025-06-04")]
    [InlineData("When was sodium last checked?", "latest LaboratoryResult 'sodium' .Start")]
    public async Task Bounds_and_words_of_time_are_read_for_what_they_say(string question, string expected) =>
        Assert.Equal(expected, PlanText.Of(await PlanAsync(question)));

    [Fact]
    public async Task Two_bounds_are_read_together()
    {
        var value = Assert.IsType<Plan.Planned>(await PlanAsync("potassium between 4 and 5?")).Queries[0].Selection.Value;

        Assert.Equal((ValueComparison.Between, 4m, 5m), (value!.Comparison, value.Bound, value.Upper));
    }

    [Theory]
    [InlineData("Were there 3 or more admissions?")]
    public async Task A_number_that_bounds_no_value_is_not_read_as_a_bound(string question) =>
        Assert.Equal("not understood", PlanText.Of(await PlanAsync(question)));

    private static Task<Plan> PlanAsync(string question) => Answering.Planner.PlanAsync(
        HandWrittenRecord.Record,
        new ChartQuestion(question, HandWrittenRecord.AsOf, AskerRole.Unknown, []),
        new QueryContext(HandWrittenRecord.AsOf, TimeZoneInfo.Utc),
        TestContext.Current.CancellationToken);
}
