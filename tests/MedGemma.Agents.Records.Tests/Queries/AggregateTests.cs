using MedGemma.Agents.Records.Queries;
using static MedGemma.Agents.Records.Tests.Queries.QueryTest;
using static MedGemma.Agents.Records.Tests.Queries.TestRecords;

namespace MedGemma.Agents.Records.Tests.Queries;

public sealed class AggregateTests
{
    private static readonly RecordSelection Labs = Of(RecordKind.LaboratoryResult, "Hemoglobin A1c");

    [Fact]
    public void Latest_gives_every_value_of_the_last_instant_and_says_that_they_disagree()
    {
        var record = Complete(Quantity("a", "2024-01-01T08:00:00Z", 7), Quantity("b", "2024-02-01T08:00:00Z", 8), Quantity("c", "2024-02-01T08:00:00Z", 9));

        var result = Run(record, Labs, new LatestAggregate());

        Assert.Equal(["8", "9"], Texts(result).Order());
        Assert.Contains(result.Notes, note => note.Contains("disagree", StringComparison.Ordinal));
    }

    [Fact]
    public void Latest_passes_over_a_missing_value_and_says_so()
    {
        var record = Complete(Quantity("a", "2024-01-01T08:00:00Z", 7),
            "{'resourceType':'Observation','id':'n','status':'final','category':[{'coding':[{'code':'laboratory'}]}],'code':{'coding':[{'system':'http://loinc.org','code':'4548-4','display':'Hemoglobin A1c'}]},'effectiveDateTime':'2024-02-01T08:00:00Z','dataAbsentReason':{'text':'hemolysed'}}");

        var result = Run(record, Labs, new LatestAggregate());

        Assert.Equal(["7"], Texts(result));
        Assert.Contains("1 later without a value.", result.Notes);
    }

    [Theory]
    [InlineData(1, "5")]
    [InlineData(2, "6")]
    [InlineData(-1, "7")]
    [InlineData(-2, "6")]
    public void Nth_counts_from_either_end(int n, string expected)
    {
        var record = Complete(Quantity("a", "2024-03-01T08:00:00Z", 7), Quantity("b", "2024-01-01T08:00:00Z", 5), Quantity("c", "2024-02-01T08:00:00Z", 6));

        Assert.Equal([expected], Texts(Run(record, Labs, new NthAggregate(n))));
    }

    [Fact]
    public void Nth_beyond_the_last_gives_nothing_and_says_how_many_there_are()
    {
        var result = Run(Complete(Quantity("a", "2024-03-01T08:00:00Z", 7)), Labs, new NthAggregate(2));

        Assert.Empty(result.Values);
        Assert.Contains("There are only 1.", result.Notes);
    }

    [Fact]
    public void Count_distinguishes_resources_from_concepts()
    {
        var record = Complete(Order("a", "2024-01-01T08:00:00Z", "Senna"), Order("b", "2024-01-02T08:00:00Z", "Senna"), Order("c", "2024-01-03T08:00:00Z", "Heparin"));

        Assert.Equal(3, Number(Run(record, Of(RecordKind.MedicationRequest), new CountAggregate())));
        var distinct = Run(record, Of(RecordKind.MedicationRequest), new CountAggregate(Distinct: true));
        Assert.Equal(2, Number(distinct));
        Assert.Equal(2, distinct.DistinctConcepts);
        Assert.Equal(["Senna", "Heparin"], Texts(Run(record, Of(RecordKind.MedicationRequest), new ListAggregate(Distinct: true))));
    }

    [Fact]
    public void Mean_median_and_sum_leave_out_bounds()
    {
        var record = Complete(Quantity("a", "2024-01-01T08:00:00Z", 1), Quantity("b", "2024-02-01T08:00:00Z", 2), Quantity("c", "2024-03-01T08:00:00Z", 6),
            Quantity("d", "2024-04-01T08:00:00Z", 50).Replace("'value':", "'comparator':'<','value':", StringComparison.Ordinal));

        Assert.Equal(3, Number(Run(record, Labs, new StatisticAggregate(Statistic.Mean))));
        Assert.Equal(2, Number(Run(record, Labs, new StatisticAggregate(Statistic.Median))));
        var sum = Run(record, Labs, new StatisticAggregate(Statistic.Sum));
        Assert.Equal(9, Number(sum));
        Assert.Contains("Left out because only a bound is recorded: 1 (<50).", sum.Notes);
    }

    [Fact]
    public void Mixed_units_are_brought_to_the_most_frequent_one()
    {
        var record = Complete(
            Quantity("a", "2024-01-01T08:00:00Z", 90, "mg/dL", "2345-7", "Glucose"), Quantity("b", "2024-02-01T08:00:00Z", 110, "mg/dL", "2345-7", "Glucose"),
            Quantity("c", "2024-03-01T08:00:00Z", 5, "mmol/L", "2345-7", "Glucose"));

        var result = Run(record, Of(RecordKind.LaboratoryResult, "Glucose"), new StatisticAggregate(Statistic.Mean));

        Assert.Equal("mg/dL", result.Values[0].Unit);
        Assert.InRange(Number(result), 96.6m, 96.8m);
        Assert.Contains("Converted to mg/dL: 1 of 3.", result.Notes);
    }

    [Fact]
    public void Units_of_different_things_are_refused()
    {
        var record = Complete(Quantity("a", "2024-01-01T08:00:00Z", 90, "mg/dL"), Quantity("b", "2024-02-01T08:00:00Z", 110, "kg"));

        Assert.Equal("incompatible-units", Run(record, Labs, new StatisticAggregate(Statistic.Mean)).Problem?.Code);
    }

    [Fact]
    public void Words_are_no_numbers()
    {
        var record = Complete("{'resourceType':'Observation','id':'n','status':'final','category':[{'coding':[{'code':'laboratory'}]}],'code':{'text':'Culture'},'effectiveDateTime':'2024-02-01T08:00:00Z','valueString':'no growth'}");

        Assert.Equal("not-numeric", Run(record, Of(RecordKind.LaboratoryResult, "Culture"), new StatisticAggregate(Statistic.Mean)).Problem?.Code);
    }

    [Fact]
    public void Implausible_temperature_is_flagged_and_left_out()
    {
        var record = Complete(
            Quantity("a", "2024-01-01T08:00:00Z", 36, "[degF]", "8310-5", "Body temperature"), Quantity("b", "2024-01-02T08:00:00Z", 98.6m, "[degF]", "8310-5", "Body temperature"));

        var result = Run(record, Of(RecordKind.Observation, "Body temperature"), new StatisticAggregate(Statistic.Mean));

        Assert.Equal(98.6m, Number(result));
        Assert.Contains("Implausible as recorded: 36 [degF].", result.Notes);
    }

    [Fact]
    public void Extreme_gives_the_value_as_recorded_whatever_its_unit()
    {
        var record = Complete(
            Quantity("a", "2024-01-01T08:00:00Z", 90, "mg/dL", "2345-7", "Glucose"), Quantity("b", "2024-02-01T08:00:00Z", 95, "mg/dL", "2345-7", "Glucose"),
            Quantity("c", "2024-03-01T08:00:00Z", 9, "mmol/L", "2345-7", "Glucose"));

        var highest = Run(record, Of(RecordKind.LaboratoryResult, "Glucose"), new ExtremeAggregate(Highest: true));

        Assert.Equal(9, Number(highest));
        Assert.Equal("mmol/L", highest.Values[0].Unit);
        Assert.Equal(90, Number(Run(record, Of(RecordKind.LaboratoryResult, "Glucose"), new ExtremeAggregate(Highest: false))));
    }

    [Fact]
    public void Value_above_a_bound_is_the_highest()
    {
        var record = Complete(Quantity("a", "2024-01-01T08:00:00Z", 7), Quantity("b", "2024-02-01T08:00:00Z", 14).Replace("'value':", "'comparator':'>','value':", StringComparison.Ordinal));

        var result = Run(record, Labs, new ExtremeAggregate(Highest: true));

        Assert.Equal((">", 14m), (result.Values[0].Comparator, Number(result)));
    }

    [Fact]
    public void Systolic_and_diastolic_are_never_averaged_together()
    {
        var record = Complete(SelectionTests.BloodPressure("b", "2024-01-01T08:00:00Z", 140, 90), SelectionTests.BloodPressure("c", "2024-01-02T08:00:00Z", 120, 80));

        var result = Run(record, Of(RecordKind.VitalSign, "Blood pressure panel"), new StatisticAggregate(Statistic.Mean));

        Assert.Equal(["130", "85"], Texts(result));
    }

    [Fact]
    public void Pressures_recorded_one_by_one_are_never_averaged_together()
    {
        var record = Complete(
            Quantity("a", "2024-01-01T08:00:00Z", 140, "mm[Hg]", "8480-6", "Blood pressure", category: "vital-signs"),
            Quantity("b", "2024-01-01T08:00:00Z", 90, "mm[Hg]", "8462-4", "Blood pressure", category: "vital-signs"),
            SelectionTests.BloodPressure("c", "2024-01-02T08:00:00Z", 120, 80));
        var resolver = new NamedResolver { Synonyms = { ["BP"] = ["Blood pressure", "Blood pressure panel"] } };

        Assert.Equal(["130", "85"], Texts(Run(record, Of(RecordKind.VitalSign, "BP"), new StatisticAggregate(Statistic.Mean), resolver: resolver)).Order());
    }

    [Fact]
    public void Different_names_that_share_a_word_are_computed_one_by_one()
    {
        var record = Complete(
            Quantity("a", "2024-01-01T08:00:00Z", 90, "mg/dL", "2345-7", "Glucose [Serum]"), Quantity("b", "2024-01-02T08:00:00Z", 5, "mg/dL", "5792-7", "Glucose [Urine]"));
        var resolver = new NamedResolver { Wider = { ["glucose"] = ["Glucose [Serum]", "Glucose [Urine]"] } };

        Assert.Equal(["90", "5"], Texts(Run(record, Of(RecordKind.LaboratoryResult, "glucose"), new StatisticAggregate(Statistic.Mean), resolver: resolver)));
    }

    [Fact]
    public void Things_of_a_class_are_computed_one_by_one()
    {
        var record = Complete(Quantity("a", "2024-01-01T08:00:00Z", 1, "mg/dL", "2160-0", "Creatinine"), Quantity("b", "2024-01-02T08:00:00Z", 20, "mg/dL", "3094-0", "Urea nitrogen"));
        var resolver = new NamedResolver { Classes = { ["kidney function"] = ["Creatinine", "Urea nitrogen"] } };

        var result = Run(record, Of(RecordKind.LaboratoryResult, "kidney function"), new StatisticAggregate(Statistic.Mean), resolver: resolver);

        Assert.Equal(["Creatinine", "Urea nitrogen"], result.Values.Select(value => value.Label).Order());
    }

    [Fact]
    public void Delta_is_the_last_minus_the_first()
    {
        var record = Complete(Quantity("a", "2024-01-01T08:00:00Z", 9.1m), Quantity("b", "2024-02-01T08:00:00Z", 10), Quantity("c", "2024-03-01T08:00:00Z", 7.4m));

        Assert.Equal(-1.7m, Number(Run(record, Labs, new DeltaAggregate())));
    }

    [Theory]
    [InlineData("rising", 5, 6, 7, 8)]
    [InlineData("falling", 8, 7, 6, 5)]
    [InlineData("steady", 5, 8, 5, 8)]
    [InlineData("steady", 5, 5, 5, 5)]
    public void Trend_is_a_direction_only_beyond_the_spread(string expected, int a, int b, int c, int d)
    {
        var record = Complete(Quantity("a", "2024-01-01T08:00:00Z", a), Quantity("b", "2024-01-02T08:00:00Z", b), Quantity("c", "2024-01-03T08:00:00Z", c), Quantity("d", "2024-01-04T08:00:00Z", d));

        var result = Run(record, Labs, new TrendAggregate());

        Assert.Equal(expected, result.Values[0].Value.GetString());
        Assert.Equal("%/d", result.Values[1].Unit);
    }

    [Fact]
    public void Time_between_goes_to_the_next_of_the_other_selection_or_to_the_question()
    {
        var record = Complete(Procedure("a", "2024-01-01", "Biopsy"), Procedure("b", "2023-01-01", "Resection"), Procedure("c", "2024-01-31", "Resection"));

        Assert.Equal(30, Number(Run(record, Of(RecordKind.Procedure, "Biopsy"), new TimeBetweenAggregate(Of(RecordKind.Procedure, "Resection")))));
        Assert.Equal(335, Number(Run(record, Of(RecordKind.Procedure, "Biopsy"), new TimeBetweenAggregate(null))));
        Assert.Equal(QueryOutcome.SearchedAndEmpty, Run(record, Of(RecordKind.Procedure, "Biopsy"), new TimeBetweenAggregate(Of(RecordKind.Immunization))).Outcome);
    }

    [Fact]
    public void Groups_carry_their_bucket()
    {
        var record = Complete(Quantity("a", "2023-05-01T08:00:00Z", 5), Quantity("b", "2023-06-01T08:00:00Z", 7), Quantity("c", "2024-03-01T08:00:00Z", 9));

        var byYear = Run(record, Labs, new GroupAggregate(GroupKey.Year, new StatisticAggregate(Statistic.Mean)));
        Assert.Equal([("2023", "6"), ("2024", "9")], byYear.Values.Select(value => (value.Label!, value.Value.ToString())));
        var byMonth = Run(record, Labs, new GroupAggregate(GroupKey.Month, new CountAggregate()));
        Assert.Equal(["2023-05", "2023-06", "2024-03"], byMonth.Values.Select(value => value.Label));
        var byConcept = Run(record, Of(RecordKind.LaboratoryResult), new GroupAggregate(GroupKey.Concept, new LatestAggregate()));
        Assert.Equal([("Hemoglobin A1c", "9")], byConcept.Values.Select(value => (value.Label!, value.Value.ToString())));
    }

    [Fact]
    public void Length_of_stay_is_averaged_from_its_starts_and_ends()
    {
        var record = Complete(Stay("a", "2024-01-01T12:00:00Z", "2024-01-03T12:00:00Z"), Stay("b", "2024-02-01T12:00:00Z", "2024-02-05T12:00:00Z"));

        var mean = Run(record, Of(RecordKind.HospitalStay), new StatisticAggregate(Statistic.Mean), ResultElement.Duration);

        Assert.Equal((3m, "d"), (Number(mean), mean.Values[0].Unit));
        Assert.Equal(4, Number(Run(record, Of(RecordKind.HospitalStay), new ExtremeAggregate(Highest: true), ResultElement.Duration)));
    }

    [Fact]
    public void Value_is_given_in_another_unit_with_its_conversion()
    {
        var record = Complete(Quantity("a", "2024-01-01T08:00:00Z", 90, "mg/dL", "2345-7", "Glucose"));

        var result = Run(record, Of(RecordKind.LaboratoryResult, "Glucose"), new LatestAggregate(), unit: "mmol/L");

        Assert.Equal(("mmol/L", "convert"), (result.Values[0].Unit, result.Values[0].Derivation?.Operation));
        Assert.InRange(Number(result), 4.9m, 5.1m);
        Assert.Equal("incompatible-units", Run(record, Of(RecordKind.LaboratoryResult, "Glucose"), new LatestAggregate(), unit: "kg").Problem?.Code);
    }
}
