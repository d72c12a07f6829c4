using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Formulas;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Queries.Derivations;
using MedGemma.Agents.Records.Queries.Json;
using MedGemma.Agents.Records.Tests.Queries;
using MedGemma.Agents.Records.Units;
using static MedGemma.Agents.Records.Tests.Queries.TestRecords;

namespace MedGemma.Agents.Records.Tests.Formulas;

/// <summary>The patient of these records is a woman of 74; the questions are asked on 2024-12-01.</summary>
public sealed class FormulaRunTests
{
    private static readonly RecordQueryEngine s_engine = new(new ConceptResolver(ConceptVocabulary.BuiltIn), new UnitConverter());

    [Fact]
    public void A_result_names_its_inputs_with_their_ages_its_source_and_recomputes()
    {
        var result = Run(Complete(Creatinine("c1", "2024-03-01T08:00:00Z", 0.9m), Creatinine("c2", "2024-11-01T08:00:00Z", 1.2m)), FormulaName.EstimatedGlomerularFiltrationRate);

        var value = Assert.Single(result.Values);
        Assert.Equal(48, value.Value.GetDecimal());
        Assert.Equal("mL/min/{1.73_m2}", value.Unit);
        Assert.Equal(["Observation/c2", "Patient/p", "Patient/p"], value.Evidence.Select(evidence => evidence.Resource.ToString()));
        Assert.Contains(result.Notes, note => note == "Calculated from creatinine 1.2 mg/dL (2024-11-01T08:00:00Z, 30 days before), age 74 years, sex female (by administrative gender).");
        Assert.Contains(result.Notes, note => note.Contains("10.1056/NEJMoa2102953", StringComparison.Ordinal));
    }

    [Fact]
    public void An_input_in_another_unit_is_converted_and_said_as_recorded()
    {
        var result = Run(Complete(Quantity("c", "2024-11-01T08:00:00Z", 106.08m, "umol/L", "14682-9", "Creatinine [Moles/volume] in Serum or Plasma")), FormulaName.EstimatedGlomerularFiltrationRate);

        Assert.Equal(48, Assert.Single(result.Values).Value.GetDecimal());
        Assert.Contains(result.Notes, note => note.Contains("creatinine 106.08 umol/L = 1.2 mg/dL", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2023-10-01T08:00:00Z", "1.2", "older than the 365 days that are allowed")]
    [InlineData("2025-01-01T08:00:00Z", "1.2", "creatinine is not found")]
    [InlineData("2024-11-01T08:00:00Z", "900", "not plausible")]
    public void An_input_that_is_too_old_not_yet_known_or_implausible_is_not_taken(string time, string value, string reason)
    {
        var result = Run(Complete(Creatinine("c", time, decimal.Parse(value))), FormulaName.EstimatedGlomerularFiltrationRate);

        Assert.Equal(QueryOutcome.Failed, result.Outcome);
        Assert.Empty(result.Values);
        Assert.Contains(reason, result.Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_not_found_is_named_and_nothing_is_put_in_its_place()
    {
        var result = Run(Complete(Creatinine("c", "2024-11-01T08:00:00Z", 1.2m)), FormulaName.Meld3);

        Assert.Equal("input-not-found", result.Problem!.Code);
        foreach (var name in new[] { "total bilirubin", "sodium", "INR", "albumin" })
            Assert.Contains($"{name} is not found", result.Problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("creatinine", result.Problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bound_is_no_number()
    {
        var bound = Creatinine("c", "2024-11-01T08:00:00Z", 0.2m).Replace("'value':", "'comparator':'<','value':", StringComparison.Ordinal);

        Assert.Contains("only as <0.2 mg/dL", Run(Complete(bound), FormulaName.EstimatedGlomerularFiltrationRate).Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_of_one_time_that_disagree_are_not_chosen_between()
    {
        var record = Complete(Creatinine("c", "2024-11-01T08:00:00Z", 1.2m), Creatinine("d", "2024-11-01T08:00:00Z", 2.4m));

        Assert.Contains("disagree", Run(record, FormulaName.EstimatedGlomerularFiltrationRate).Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_that_belong_together_are_taken_from_one_draw_and_a_newer_one_alone_is_said()
    {
        var record = Complete(
            Sodium("na", "2024-11-20T08:00:00Z", 140), Chloride("cl", "2024-11-20T08:00:00Z", 104), Bicarbonate("hco3", "2024-11-20T08:05:00Z", 24),
            Sodium("alone", "2024-11-25T08:00:00Z", 128));

        var result = Run(record, FormulaName.AnionGap);

        Assert.Equal(12, Assert.Single(result.Values).Value.GetDecimal());
        Assert.Contains(result.Notes, note => note.StartsWith("A newer sodium is not used: 128 mmol/L", StringComparison.Ordinal));
    }

    [Fact]
    public void Values_of_different_days_make_no_gap()
    {
        var record = Complete(Sodium("na", "2024-11-20T08:00:00Z", 140), Chloride("cl", "2024-11-22T08:00:00Z", 104), Bicarbonate("hco3", "2024-11-24T08:00:00Z", 24));

        Assert.Contains("not recorded within 6 hours", Run(record, FormulaName.AnionGap).Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pressure_is_read_from_the_components_of_one_measurement()
    {
        var record = Complete(
            "{'resourceType':'Observation','id':'bp','status':'final','category':[{'coding':[{'code':'vital-signs','system':'http://terminology.hl7.org/CodeSystem/observation-category'}]}],"
            + "'code':{'coding':[{'system':'http://loinc.org','code':'85354-9','display':'Blood pressure panel'}]},'effectiveDateTime':'2024-11-30T08:00:00Z','component':["
            + "{'code':{'coding':[{'system':'http://loinc.org','code':'8480-6','display':'Systolic blood pressure'}]},'valueQuantity':{'value':150,'unit':'mmHg','system':'http://unitsofmeasure.org','code':'mm[Hg]'}},"
            + "{'code':{'coding':[{'system':'http://loinc.org','code':'8462-4','display':'Diastolic blood pressure'}]},'valueQuantity':{'value':90,'unit':'mmHg','system':'http://unitsofmeasure.org','code':'mm[Hg]'}}]}");

        Assert.Equal(110, Assert.Single(Run(record, FormulaName.MeanArterialPressure).Values).Value.GetDecimal());
    }

    [Fact]
    public void Recorded_history_counts_with_evidence_and_what_is_not_found_leaves_a_bound()
    {
        string[] chart = [Condition("af", "49436004", "Atrial fibrillation"), Condition("ht", "38341003", "Hypertension")];
        var complete = Run(Complete(chart), FormulaName.StrokeRisk);
        var incomplete = Run(Incomplete(chart), FormulaName.StrokeRisk);

        var value = Assert.Single(complete.Values);
        Assert.Equal(3, value.Value.GetDecimal()); // hypertension, 65 to 74 years, female
        Assert.Contains("Condition/ht", value.Evidence.Select(evidence => evidence.Resource.ToString()));
        Assert.Equal(">=", value.Comparator);
        Assert.Contains(
            complete.Notes,
            note => note == "Not found, which is not a documented \"no\": heart failure, diabetes, stroke or transient ischemic attack, myocardial infarction or peripheral artery disease."
                + " CHA2DS2-VASc is at least 3; with all of them it would be 8.");
        Assert.Equal(QueryOutcome.Failed, incomplete.Outcome);
        Assert.Contains("does not prove", incomplete.Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_score_is_a_number_when_nothing_that_adds_to_it_is_left_to_be_found()
    {
        string[] all =
        [
            Condition("hf", "84114007", "Heart failure"), Condition("ht", "38341003", "Hypertension"), Condition("dm", "44054006", "Type 2 diabetes mellitus"),
            Condition("st", "230690007", "Cerebrovascular accident"), Condition("mi", "22298006", "Myocardial infarction"),
        ];

        var result = Run(Complete(all), FormulaName.StrokeRisk);

        Assert.Null(Assert.Single(result.Values).Comparator);
        Assert.Equal(8, result.Values[0].Value.GetDecimal()); // with 65 to 74 years and female
        Assert.Contains(result.Notes, note => note == "Calculated as without, because the record is complete and has none: atrial fibrillation or flutter.");
        Assert.Equal(">=", Assert.Single(Run(Complete(all[1..]), FormulaName.StrokeRisk).Values).Comparator);
    }

    [Fact]
    public void No_formula_says_what_its_author_did_not_write()
    {
        Assert.All(Enum.GetValues<FormulaName>().Select(FormulaCatalog.Of), formula =>
            Assert.DoesNotMatch(@"''|\\|  |\s$", string.Join('|', formula.Title, formula.Validity, formula.Source)));
    }

    [Fact]
    public void What_is_refuted_or_of_a_relative_is_no_history_and_what_is_unconfirmed_leaves_it_open()
    {
        var refuted = Condition("st", "230690007", "Cerebrovascular accident", ",'verificationStatus':{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/condition-ver-status','code':'refuted'}]}");
        var maybe = refuted.Replace("'refuted'", "'provisional'", StringComparison.Ordinal);
        var fibrillation = Condition("af", "49436004", "Atrial fibrillation");

        Assert.Equal(2, Assert.Single(Run(Complete(fibrillation, refuted), FormulaName.StrokeRisk).Values).Value.GetDecimal());
        Assert.Contains("not as confirmed", Run(Complete(fibrillation, maybe), FormulaName.StrokeRisk).Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_elements_that_give_different_sexes_leave_the_equation_open()
    {
        const string BirthSex = ",'extension':[{'url':'http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex','valueCode':'X'}]}";
        var creatinine = Creatinine("c", "2024-11-01T08:00:00Z", 1.2m);
        var differing = TestRecords.Patient[..^1] + BirthSex.Replace("'X'", "'M'", StringComparison.Ordinal);
        var same = TestRecords.Patient[..^1] + BirthSex.Replace("'X'", "'F'", StringComparison.Ordinal);
        var unknown = TestRecords.Patient.Replace("'female'", "'other'", StringComparison.Ordinal);

        Assert.Contains("differ", Run(Complete(differing, creatinine), FormulaName.EstimatedGlomerularFiltrationRate).Problem!.Message, StringComparison.Ordinal);
        Assert.Contains(Run(Complete(same, creatinine), FormulaName.EstimatedGlomerularFiltrationRate).Notes, note => note.Contains("by birth sex", StringComparison.Ordinal));
        Assert.Contains("not recorded as male or female", Run(Complete(unknown, creatinine), FormulaName.EstimatedGlomerularFiltrationRate).Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_window_moves_the_moment_that_the_formula_is_for()
    {
        var record = Complete(Creatinine("c1", "2020-03-01T08:00:00Z", 0.9m), Creatinine("c2", "2024-11-01T08:00:00Z", 1.2m));
        var result = Run(record, FormulaName.EstimatedGlomerularFiltrationRate, new QueryWindow(null, new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero), "by the end of 2020"));

        Assert.Equal("Observation/c1", Assert.Single(result.Values).Evidence[0].Resource.ToString());
        Assert.Contains(result.Notes, note => note.Contains("age 70 years", StringComparison.Ordinal));
    }

    [Fact]
    public void A_derivation_that_lacks_an_input_or_a_history_does_not_recompute()
    {
        var record = Complete(Condition("af", "49436004", "Atrial fibrillation"));
        var derivation = Assert.Single(Run(record, FormulaName.StrokeRisk).Values).Derivation!;
        var recomputer = new DerivationRecomputer(new UnitConverter());
        Derivation[] broken =
        [
            derivation with { Parameters = Without(derivation.Parameters, "absent") },
            derivation with { Parameters = Without(derivation.Parameters, "input:0") },
            derivation with { Parameters = Without(derivation.Parameters, "formula") },
            derivation with { Inputs = [derivation.Inputs[0]] },
        ];

        Assert.All(broken, one => Assert.False(recomputer.TryRecompute(one, out _)));
    }

    [Fact]
    public void A_calculation_is_a_query_that_can_be_written_and_read()
    {
        var query = new RecordQuery(new RecordSelection { Kinds = [RecordKind.Any] }, new CalculateAggregate(FormulaName.Meld3));
        var json = RecordQueryJson.Write(query);

        Assert.Contains("\"formula\":\"meld-3.0\"", json, StringComparison.Ordinal);
        Assert.True(RecordQueryJson.TryRead(json, out var again, out _));
        Assert.Equal(query.Aggregate, again.Aggregate);
        Assert.Contains("cha2ds2-vasc", RecordQuerySchema.Json, StringComparison.Ordinal);
        Assert.False(RecordQueryJson.TryRead(json.Replace("meld-3.0", "meld-4", StringComparison.Ordinal), out _, out _));
    }

    private static QueryResult Run(PatientRecord record, FormulaName formula, QueryWindow? window = null)
    {
        var result = s_engine.Run(record, new RecordQuery(new RecordSelection { Kinds = [RecordKind.Any], Window = window }, new CalculateAggregate(formula)), QueryTest.Now);
        QueryTest.AssertProved(record, result);
        return result;
    }

    private static Dictionary<string, string> Without(IReadOnlyDictionary<string, string> parameters, string name) =>
        parameters.Where(entry => entry.Key != name).ToDictionary(entry => entry.Key, entry => entry.Value);

    private static string Creatinine(string id, string time, decimal value) => Quantity(id, time, value, "mg/dL", "2160-0", "Creatinine [Mass/volume] in Serum or Plasma");

    private static string Sodium(string id, string time, decimal value) => Quantity(id, time, value, "mmol/L", "2951-2", "Sodium [Moles/volume] in Serum or Plasma");

    private static string Chloride(string id, string time, decimal value) => Quantity(id, time, value, "mmol/L", "2075-0", "Chloride [Moles/volume] in Serum or Plasma");

    private static string Bicarbonate(string id, string time, decimal value) => Quantity(id, time, value, "mmol/L", "1963-8", "Bicarbonate [Moles/volume] in Serum or Plasma");

    private static string Condition(string id, string code, string display, string more = "") =>
        $"{{'resourceType':'Condition','id':'{id}','clinicalStatus':{{'coding':[{{'code':'active'}}]}},'code':{{'coding':[{{'system':'http://snomed.info/sct','code':'{code}','display':'{display}'}}]}},'recordedDate':'2020-01-05'{more}}}";
}
