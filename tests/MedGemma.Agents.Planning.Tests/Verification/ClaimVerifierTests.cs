using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Tests.Verification;

public sealed class ClaimVerifierTests
{
    private const string A1c = "Hemoglobin A1c/Hemoglobin.total in Blood";
    private readonly Chart _chart = new();

    [Theory]
    [InlineData("The latest Hemoglobin A1c/Hemoglobin.total in Blood was 7.2 % on 2021-03-04T09:30:00+01:00 (final).")]
    [InlineData("The most recent HbA1c is 7.2% (4 March 2021).")]
    [InlineData("On March 4, 2021 at 9:30 am, your last HbA1c was 7.20 percent.")]
    [InlineData("Hemoglobin A1c: 7.2 %, measured 04 Mar 2021.")]
    public void The_latest_value_passes_in_any_wording(string sentence) => _chart.Passes(sentence, LatestA1c());

    [Theory]
    [InlineData("The latest HbA1c was 7.3 % on 2021-03-04.")]
    [InlineData("The latest HbA1c was 7.2 mg/dL on 2021-03-04.")]
    [InlineData("The latest HbA1c was 7.2 on 2021-03-04.")]
    [InlineData("The latest HbA1c was 7 % on 2021-03-04.")]
    [InlineData("The latest HbA1c was 7.2 % on 2021-03-05.")]
    [InlineData("The latest HbA1c was 7.2 % on 2021-03-04 at 21:30.")]
    [InlineData("The latest HbA1c was 7.2 % on 04/03/2021.")]
    [InlineData("The latest potassium was 7.2 % on 2021-03-04.")]
    [InlineData("The highest HbA1c was 7.2 % on 2021-03-04.")]
    [InlineData("The first HbA1c was 7.2 % on 2021-03-04.")]
    [InlineData("The only HbA1c was 7.2 % on 2021-03-04.")]
    [InlineData("The latest HbA1c was below 7.2 % on 2021-03-04.")]
    [InlineData("The latest HbA1c was < 7.2 % on 2021-03-04.")]
    [InlineData("The latest HbA1c was not 7.2 % on 2021-03-04.")]
    [InlineData("No HbA1c is recorded.")]
    [InlineData("The latest HbA1c was 7.2 % on 2021-03-04 (preliminary).")]
    [InlineData("The mother's latest HbA1c was 7.2 % on 2021-03-04.")]
    [InlineData("The latest HbA1c of patient 10000099 was 7.2 % on 2021-03-04.")]
    [InlineData("The latest HbA1c was 7.2 % on 2021-03-04, well controlled diabetes.")]
    [InlineData("The latest HbA1c was 7.2 % yesterday.")]
    [InlineData("The latest HbA1c was 7.2 % and rising.")]
    [InlineData("HbA1c was 7.2 % three times.")]
    [InlineData("HbA1c was 7.2 % five times.")]
    [InlineData("HbA1c has been 7.2 % since 2021-03-04.")]
    [InlineData("The latest HbA1c was up to 7.2 % on 2021-03-04.")]
    [InlineData("The latest HbA1c will be 7.2 %.")]
    [InlineData("The latest HbA1c \u2260 7.2 %.")]
    [InlineData("The latest HbA1c was ~7.2 %.")]
    [InlineData("The latest HbA1c was 7.2 % \u2191.")]
    [InlineData("The latest HbA1c was n\u200bot 7.2 %.")]
    [InlineData("The latest HbA1c was 7.2 % before 2021-03-04.")]
    [InlineData("All HbA1c values were 7.2 %.")]
    [InlineData("The latest HbA1c was seven point two percent, worst ever.")]
    [InlineData("The latest HbA1c was 7.2 % on 2021-03-04 in the mother.")]
    public void A_latest_value_is_refused_for_anything_it_does_not_hold(string sentence) => _chart.Refused(sentence, LatestA1c());

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(",")]
    [InlineData("}, {:")]
    [InlineData("It was.")]
    [InlineData("The value is recorded: \"\".")]
    public void A_sentence_that_says_nothing_of_its_evidence_is_no_claim(string sentence) => _chart.Refused(sentence, LatestA1c());

    [Theory]
    [InlineData("The latest supplied HbA1c was 7.2 % on 2021-03-04.", true)]
    [InlineData("The latest HbA1c supplied was 7.2 % on 2021-03-04.", true)]
    [InlineData("Of what was supplied, the latest HbA1c was 7.2 % on 2021-03-04.", true)]
    [InlineData("The latest HbA1c that was supplied is 7.2 %.", true)]
    [InlineData("The latest HbA1c was 7.2 % on 2021-03-04.", false)]
    [InlineData("HbA1c: 7.2 %.", false)]
    [InlineData("The latest HbA1c was supplied: 7.2 %.", false)]
    [InlineData("The latest HbA1c is 7.2 % and was supplied.", false)]
    [InlineData("The latest HbA1c, not supplied, is 7.2 %.", false)]
    [InlineData("HbA1c supplied. The latest is 7.2 %.", false)]
    [InlineData("The only supplied HbA1c was 7.2 % on 2021-03-04.", false)]
    public void A_superlative_over_a_type_that_is_not_complete_must_say_that_it_is_of_what_was_supplied(string sentence, bool isTrue) =>
        _chart.Check(sentence, LatestA1c() with { Missing = ["Observation"] }, isTrue);

    [Theory]
    [InlineData("There are at least 12 supplied prescriptions of Metformin.", true)]
    [InlineData("12 supplied prescriptions of Metformin are recorded.", true)]
    [InlineData("There are 12 prescriptions of Metformin.", false)]
    [InlineData("Twelve prescriptions of metformin are supplied.", false)]
    [InlineData("All 12 prescriptions of Metformin were supplied.", false)]
    public void A_count_over_a_type_that_is_not_complete_must_say_that_it_is_of_what_was_supplied(string sentence, bool isTrue)
    {
        var inputs = Enumerable.Range(0, 12).Select(index =>
            Chart.Evidence(_chart.Add("MedicationRequest", RecordKind.MedicationRequest, "Metformin", $"2019-{index + 1:00}-10", "completed"), null, null, "MedicationRequest"));
        var query = Chart.Query(RecordKind.MedicationRequest, new CountAggregate(), "Metformin");
        _chart.Check(sentence, Chart.Found(query, [Chart.Computed("count", 12, null, null, [.. inputs])], 12) with { Missing = ["MedicationRequest"] }, isTrue);
    }

    [Theory]
    [InlineData("Yes, Warfarin was prescribed.", true)]
    [InlineData("Yes, Warfarin was prescribed; supplied first on 2180-05-06.", true)]
    [InlineData("Yes, Warfarin was prescribed; first on 2180-05-06.", false)]
    public void That_something_is_recorded_stays_a_fact_and_its_first_time_does_not(string sentence, bool isTrue)
    {
        var order = _chart.Add("MedicationRequest", RecordKind.MedicationRequest, "Warfarin", "2180-05-06", "completed");
        var query = Chart.Query(RecordKind.MedicationRequest, new ExistsAggregate(), "Warfarin");
        _chart.Check(sentence, Chart.Found(query, [Chart.Computed("exists", true, null, null, Chart.Evidence(order, null, null, "MedicationRequest"))], 1) with { Missing = ["MedicationRequest"] }, isTrue);
    }

    [Fact]
    public void This_patients_own_identifier_may_be_said() => _chart.Passes("The latest HbA1c of patient 10000032 was 7.2 % on 2021-03-04.", LatestA1c());

    [Theory]
    [InlineData("There are 12 prescriptions of Metformin from 2019-01-01 up to 2021-05-01 (7 distinct medications).", true)]
    [InlineData("Twelve prescriptions of metformin are recorded from 1 January 2019 until 1 May 2021.", true)]
    [InlineData("There are 12 prescriptions of Metformin.", false)]
    [InlineData("There are 7 prescriptions of Metformin from 2019-01-01 up to 2021-05-01 (12 distinct medications).", false)]
    [InlineData("There are 12 prescriptions of Metformin since 2019-01-01.", false)]
    [InlineData("There are 12 administrations of Metformin from 2019-01-01 up to 2021-05-01.", false)]
    [InlineData("There are 12 prescriptions of Warfarin from 2019-01-01 up to 2021-05-01.", false)]
    [InlineData("There are more than 12 prescriptions of Metformin from 2019-01-01 up to 2021-05-01.", false)]
    public void A_count_names_what_it_counts_and_its_window(string sentence, bool isTrue)
    {
        var inputs = Enumerable.Range(0, 12).Select(index =>
            Chart.Evidence(_chart.Add("MedicationRequest", RecordKind.MedicationRequest, "Metformin", $"2019-{index + 1:00}-10", "completed"), null, null, "MedicationRequest"));
        var window = new QueryWindow(Instant("2019-01-01"), Instant("2021-05-01"), null);
        var query = Chart.Query(RecordKind.MedicationRequest, new CountAggregate(), "Metformin", window);
        _chart.Check(sentence, Chart.Found(query, [Chart.Computed("count", 12, null, null, [.. inputs])], 12, 7), isTrue);
    }

    [Theory]
    [InlineData("Yes, Warfarin was prescribed; first on 2180-05-06.", true)]
    [InlineData("Yes, Warfarin was prescribed; first on 6 May 2180 and last on 2 June 2181.", true)]
    [InlineData("Yes, Warfarin was prescribed; first on 2181-06-02.", false)]
    [InlineData("Yes, Warfarin was administered; first on 2180-05-06.", false)]
    [InlineData("Yes, Aspirin was prescribed; first on 2180-05-06.", false)]
    [InlineData("No, Warfarin was not prescribed.", false)]
    public void Whether_there_is_any_is_dated_by_its_first(string sentence, bool isTrue)
    {
        var inputs = new[] { "2180-05-06", "2181-06-02" }.Select(day =>
            Chart.Evidence(_chart.Add("MedicationRequest", RecordKind.MedicationRequest, "Warfarin", day, "completed"), null, null, "MedicationRequest"));
        var query = Chart.Query(RecordKind.MedicationRequest, new ExistsAggregate(), "Warfarin");
        _chart.Check(sentence, Chart.Found(query, [Chart.Computed("exists", true, null, null, [.. inputs])], 2), isTrue);
    }

    [Theory]
    [InlineData("No procedures are recorded in 07/2180.", true)]
    [InlineData("No procedure is documented in July 2180.", true)]
    [InlineData("No procedures were recorded from 2180-07-01 until 2180-08-01.", true)]
    [InlineData("No procedures are recorded.", false)]
    [InlineData("No procedures are recorded in 08/2180.", false)]
    [InlineData("No medications are recorded in 07/2180.", false)]
    [InlineData("Procedures are recorded in 07/2180.", false)]
    [InlineData("Yes, procedures are recorded in 07/2180.", false)]
    public void None_is_said_of_the_window_that_was_searched(string sentence, bool isTrue)
    {
        var query = Chart.Query(RecordKind.Procedure, new ListAggregate(), null, new QueryWindow(Instant("2180-07-01"), Instant("2180-08-01"), "in 07/2180"));
        _chart.Check(sentence, Chart.Empty(query), isTrue);
    }

    [Fact]
    public void None_is_refused_when_the_search_was_not_complete()
    {
        var query = Chart.Query(RecordKind.Procedure, new ListAggregate());
        _chart.Refused("No procedures are recorded.", Chart.Empty(query, QueryOutcome.NotSupplied));
        _chart.Refused("No procedures are recorded.", Chart.Empty(query) with { Missing = ["Procedure"] });
        _chart.Passes("Procedures were not supplied.", Chart.Empty(query, QueryOutcome.NotSupplied));
    }

    [Fact]
    public void No_allergy_recorded_is_never_a_plain_no()
    {
        var result = Chart.Empty(Chart.Query(RecordKind.Allergy, new ListAggregate()));
        _chart.Passes("No allergies are recorded.", result);
        _chart.Refused("The patient has no allergies.", result);
    }

    [Theory]
    [InlineData("The average Glucose was 101.5 mg/dL over 4 values.", true)]
    [InlineData("The mean glucose was 101.50 mg/dl.", true)]
    [InlineData("The average Glucose was about 102 mg/dL.", true)]
    [InlineData("The average Glucose was 102 mg/dL.", true)]
    [InlineData("The average Glucose was 101.6 mg/dL over 4 values.", false)]
    [InlineData("The average Glucose was 101.5 mg/dL over 5 values.", false)]
    [InlineData("The median Glucose was 101.5 mg/dL over 4 values.", false)]
    [InlineData("Glucose was 101.5 mg/dL.", false)]
    public void An_average_is_called_one(string sentence, bool isTrue)
    {
        var inputs = new[] { 100m, 101m, 102m, 103m }.Select((value, index) =>
            Chart.Evidence(_chart.Add("Observation", RecordKind.LaboratoryResult, "Glucose", $"2020-01-0{index + 1}"), value, "mg/dL"));
        var query = Chart.Query(RecordKind.LaboratoryResult, new StatisticAggregate(Statistic.Mean), "Glucose");
        _chart.Check(sentence, Chart.Found(query, [Chart.Computed("mean", 101.5m, "mg/dL", "Glucose", [.. inputs])], 4), isTrue);
    }

    [Theory]
    [InlineData("The first admission to hospital was 2180-05-06T22:23:00-04:00.", true)]
    [InlineData("The first admission to hospital was on 6 May 2180 at 10:23 pm.", true)]
    [InlineData("The first admission to hospital was 2180-05-07T02:23:00Z.", true)]
    [InlineData("The first admission to hospital was on 7 May 2180.", false)]
    [InlineData("The last admission to hospital was on 6 May 2180.", false)]
    public void The_day_is_the_day_in_the_recorded_offset(string sentence, bool isTrue)
    {
        var stay = _chart.Add("Encounter", RecordKind.HospitalStay, "Hospital admission", "2180-05-06T22:23:00-04:00", "finished");
        var query = Chart.Query(RecordKind.HospitalStay, new EarliestAggregate(), null, null, ResultElement.Start);
        _chart.Check(sentence, Chart.Found(query, [Chart.Value(stay, "2180-05-06T22:23:00-04:00")], 3), isTrue);
    }

    [Theory]
    [InlineData("Gender: female.", true)]
    [InlineData("Ana Rivera is female.", true)]
    [InlineData("Gender: male.", false)]
    [InlineData("Maria Rivera is female.", false)]
    public void A_demographic_is_said_of_this_patient(string sentence, bool isTrue)
    {
        var query = Chart.Query(RecordKind.Patient, new ListAggregate(), null, null, ResultElement.Gender);
        var value = new ResultValue(Chart.Json("female"), null, null, null, null, [], [new Evidence(new ResourceKey("Patient", "p1"), "1", "Patient.gender", Chart.Json("female"), null, null)], null);
        _chart.Check(sentence, Chart.Found(query, [value], 1), isTrue);
    }

    [Theory]
    [InlineData("Born on 2075-09-17.", true)]
    [InlineData("The patient was born on 17 September 2075.", true)]
    [InlineData("Born on 2075-09-18.", false)]
    public void A_birth_date_is_a_date(string sentence, bool isTrue)
    {
        var query = Chart.Query(RecordKind.Patient, new ListAggregate(), null, null, ResultElement.BirthDate);
        var value = new ResultValue(Chart.Json("2075-09-17"), null, null, null, null, [], [new Evidence(new ResourceKey("Patient", "p1"), "1", "Patient.birthDate", Chart.Json("2075-09-17"), null, null)], null);
        _chart.Check(sentence, Chart.Found(query, [value], 1), isTrue);
    }

    [Theory]
    [InlineData("Current medications: Metformin 500 MG Oral Tablet (since 2019-02-03); Lisinopril 10 MG Oral Tablet (since 2020-05-06).", true)]
    [InlineData("The patient is currently taking lisinopril 10 mg and metformin 500 mg.", true)]
    [InlineData("1 of 2 current medications: Metformin 500 MG Oral Tablet (since 2019-02-03).", true)]
    [InlineData("Current medications: Metformin 500 MG Oral Tablet (since 2020-05-06); Lisinopril 10 MG Oral Tablet (since 2019-02-03).", false)]
    [InlineData("Current medications: Metformin 500 MG Oral Tablet (since 2019-02-03).", false)]
    [InlineData("The only current medications are Metformin 500 MG Oral Tablet.", false)]
    [InlineData("Current medications: Metformin 500 mcg (since 2019-02-03); Lisinopril 10 MG Oral Tablet (since 2020-05-06).", false)]
    [InlineData("Current medications: Metformin 850 MG Oral Tablet (since 2019-02-03); Lisinopril 10 MG Oral Tablet (since 2020-05-06).", false)]
    [InlineData("Stopped medications: Metformin 500 MG Oral Tablet (since 2019-02-03); Lisinopril 10 MG Oral Tablet (since 2020-05-06).", false)]
    public void A_list_is_whole_and_each_item_keeps_its_own_date(string sentence, bool isTrue)
    {
        var metformin = _chart.Add("MedicationRequest", RecordKind.Medication, "Metformin 500 MG Oral Tablet", "2019-02-03", "active");
        var lisinopril = _chart.Add("MedicationRequest", RecordKind.Medication, "Lisinopril 10 MG Oral Tablet", "2020-05-06", "active");
        var query = new RecordQuery(new RecordSelection { Kinds = [RecordKind.Medication], CurrentOnly = true }, new ListAggregate());
        _chart.Check(sentence, Chart.Found(query, [Chart.Value(metformin, "Metformin 500 MG Oral Tablet"), Chart.Value(lisinopril, "Lisinopril 10 MG Oral Tablet")], 2, 2), isTrue);
    }

    [Fact]
    public void A_qualifier_must_be_said()
    {
        var resource = _chart.Add("Condition", RecordKind.Condition, "Ascites", "2180-05-06", "unknown");
        var result = Chart.Found(Chart.Query(RecordKind.Condition, new LatestAggregate()), [Chart.Value(resource, "Ascites", null, null, "status not recorded")], 1);
        _chart.Passes("The latest diagnosis is Ascites (2180-05-06, status not recorded).", result);
        _chart.Refused("The latest diagnosis is Ascites (2180-05-06).", result);
    }

    [Fact]
    public void A_window_stands_in_a_date_by_its_letters_only()
    {
        var query = new RecordQuery(
            new RecordSelection { Kinds = [RecordKind.LaboratoryResult], Concepts = ["HbA1c"], Window = new QueryWindow(new DateTimeOffset(2180, 1, 1, 0, 0, 0, TimeSpan.Zero), null, "from 2180") }, new ExistsAggregate());
        _chart.Passes("No laboratory results of HbA1c are recorded from 2180 (from 2180-01-01).", Chart.Empty(query));
        _chart.Refused("No laboratory results of HbA1c are recorded from 2180 (from 2180-02-01).", Chart.Empty(query));
    }

    [Fact]
    public void The_condition_of_a_search_is_said_with_what_it_chose()
    {
        var resource = _chart.Add("Observation", RecordKind.LaboratoryResult, "Glucose", "2180-05-06");
        var query = new RecordQuery(
            new RecordSelection { Kinds = [RecordKind.LaboratoryResult], Concepts = ["Glucose"], Value = new ValueFilter(ValueComparison.Above, 200, "mg/dL") }, new LatestAggregate());
        var result = Chart.Found(query, [Chart.Value(resource, 231m, "mg/dL")], 3);
        _chart.Passes("The latest Glucose above 200 mg/dL was 231 mg/dL on 2180-05-06.", result);
        _chart.Refused("The latest Glucose was 231 mg/dL on 2180-05-06.", result);
        _chart.Refused("The latest Glucose above 300 mg/dL was 231 mg/dL on 2180-05-06.", result);
        _chart.Refused("The latest Glucose below 200 mg/dL was 231 mg/dL on 2180-05-06.", result);
    }

    [Fact]
    public void There_are_not_none_is_said_of_nothing()
    {
        var result = Chart.Found(Chart.Query(RecordKind.Immunization, new CountAggregate(), "zoster vaccine"), [Chart.Computed("count", 0, null, null)], 0, 0) with { Outcome = QueryOutcome.SearchedAndEmpty };
        _chart.Passes("There are 0 immunizations of zoster vaccine recorded.", result);
        _chart.Refused("There are not 0 immunizations of zoster vaccine recorded.", result);
    }

    [Theory]
    [InlineData("Sodium: 133 mmol/L; Sodium: 141 mmol/L.", true)]
    [InlineData("The latest Sodium was 133 mmol/L and 141 mmol/L.", true)]
    [InlineData("The latest results of Sodium: Sodium: 133 mmol/L.", false)]
    [InlineData("The latest Sodium was 133 mmol/L.", false)]
    public void Values_of_one_time_that_disagree_are_said_together(string sentence, bool isTrue)
    {
        ResultValue[] values = [.. new[] { 133m, 141m }.Select(number => Chart.Value(_chart.Add("Observation", RecordKind.LaboratoryResult, "Sodium", "2026-01-01T09:30:00Z"), number, "mmol/L"))];
        _chart.Check(sentence, Chart.Found(Chart.Query(RecordKind.LaboratoryResult, new LatestAggregate(), "Sodium"), values, 9, 1, "sodium"), isTrue);
    }

    [Fact]
    public void A_recorded_comparator_must_be_said()
    {
        var resource = _chart.Add("Observation", RecordKind.LaboratoryResult, "Troponin", "2180-05-06");
        var result = Chart.Found(Chart.Query(RecordKind.LaboratoryResult, new LatestAggregate(), "Troponin"), [Chart.Value(resource, 0.01m, "ng/mL", "<")], 1);
        _chart.Passes("The latest Troponin was <0.01 ng/mL.", result);
        _chart.Passes("The latest Troponin was less than 0.01 ng/mL.", result);
        _chart.Refused("The latest Troponin was 0.01 ng/mL.", result);
        _chart.Refused("The latest Troponin was >0.01 ng/mL.", result);
    }

    [Fact]
    public void Family_history_is_called_so()
    {
        var resource = _chart.Add("FamilyMemberHistory", RecordKind.FamilyHistory, "Diabetes mellitus", "2180", "completed", """{"relationship":{"text":"mother"}}""");
        var result = Chart.Found(Chart.Query(RecordKind.FamilyHistory, new ListAggregate()), [Chart.Value(resource, "Diabetes mellitus")], 1);
        _chart.Passes("Family history: mother, diabetes mellitus.", result);
        _chart.Refused("The patient has diabetes mellitus.", result);
        _chart.Refused("The father has diabetes mellitus.", result);
    }

    [Fact]
    public void Evidence_must_be_of_the_result_and_of_this_record()
    {
        var result = LatestA1c();
        var claim = Chart.Claim("The latest HbA1c was 7.2 %.", result);
        var evidence = claim.Evidence[0];
        Assert.NotEmpty(_chart.Find(claim with { Evidence = [] }, result));
        Assert.NotEmpty(_chart.Find(claim with { Evidence = [evidence with { Version = "2" }] }, result));
        Assert.NotEmpty(_chart.Find(claim with { Evidence = [evidence, evidence with { Resource = new ResourceKey("Observation", "other") }] }, result));
        Assert.NotEmpty(_chart.Find(claim with { QueryIndex = -1 }, result));

        var foreign = evidence with { Resource = new ResourceKey("Observation", "of-another-patient") };
        var leaked = result with { Values = [result.Values[0] with { Evidence = [foreign] }] };
        Assert.Contains("evidence that is not in this record", _chart.Find(claim with { Evidence = [foreign] }, leaked));
    }

    [Fact]
    public void A_derivation_must_recompute()
    {
        var one = Chart.Evidence(_chart.Add("Observation", RecordKind.LaboratoryResult, "Glucose", "2020-01-01"), 100m, "mg/dL");
        var two = Chart.Evidence(_chart.Add("Observation", RecordKind.LaboratoryResult, "Glucose", "2020-01-02"), 104m, "mg/dL");
        var query = Chart.Query(RecordKind.LaboratoryResult, new StatisticAggregate(Statistic.Mean), "Glucose");
        _chart.Passes("The mean Glucose was 102.0 mg/dL.", Chart.Found(query, [Chart.Computed("mean", 102m, "mg/dL", "Glucose", one, two)], 2));
        _chart.Refused("The mean Glucose was 103.0 mg/dL.", Chart.Found(query, [Chart.Computed("mean", 103m, "mg/dL", "Glucose", one, two)], 2));
    }

    private QueryResult LatestA1c()
    {
        var resource = _chart.Add("Observation", RecordKind.LaboratoryResult, A1c, "2021-03-04T09:30:00+01:00");
        return Chart.Found(Chart.Query(RecordKind.LaboratoryResult, new LatestAggregate(), A1c), [Chart.Value(resource, 7.2m, "%")], 5, 1, "HbA1c");
    }

    private static DateTimeOffset Instant(string day) => DateTimeOffset.Parse(day + "T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture);
}
