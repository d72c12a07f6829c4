using MedGemma.Agents.Evaluation.QuestionAnswering.Auditing;
using MedGemma.Agents.Evaluation.Tests.QuestionAnswering.Running;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Queries.Derivations;
using MedGemma.Agents.Records.Units;

namespace MedGemma.Agents.Evaluation.Tests.QuestionAnswering.Auditing;

public sealed class EvidenceAuditTests
{
    private const string Patient = """{"resourceType":"Patient","id":"p","birthDate":"1950-02","deceasedBoolean":true}""";

    private const string Potassium =
        """
        {"resourceType":"Observation","id":"k","status":"final","code":{"text":"Potassium","coding":[{"code":"2823-3"},{"code":"K"}]},"subject":{"reference":"Patient/p"},
        "effectiveDateTime":"2180-08-05T23:44:00-04:00","issued":"2180-08-05T23:50:00.123+02:00","valueQuantity":{"value":4.10,"unit":"mmol/L"}}
        """;

    private readonly EvidenceAudit _audit = new(new DerivationRecomputer(new UnitConverter()));
    private readonly PatientRecord _record = HandMadeRecords.Of(Answers.Receipt, Patient, Potassium);

    [Theory]
    [InlineData("Observation/k", "Observation.value.ofType(Quantity).value", 4.1)]
    [InlineData("Observation/k", "Observation.value.ofType(Quantity).unit", "mmol/L")]
    [InlineData("Observation/k", "Observation.effective.ofType(dateTime)", "2180-08-05T23:44:00-04:00")]
    [InlineData("Observation/k", "Observation.issued", "2180-08-05T23:50:00.123+02:00")]
    [InlineData("Observation/k", "Observation.code.coding[1].code", "K")]
    [InlineData("Observation/k", "Observation.status", "final")]
    [InlineData("Observation/k", "Observation", null)]
    [InlineData("Patient/p", "Patient.birthDate", "1950-02")]
    [InlineData("Patient/p", "Patient.deceased.ofType(boolean)", true)]
    public void Evidence_that_its_path_evaluates_to_holds(string reference, string path, object? value) =>
        Assert.Empty(Check(Answers.Evidence(reference, path, value)).Mismatches);

    [Theory]
    [InlineData("Observation/k", "Observation.value.ofType(Quantity).value", 4.2, "the path evaluates to another value")]
    [InlineData("Observation/k", "Observation.value.ofType(Quantity).value", "4.1", "the path evaluates to another value")]
    [InlineData("Observation/k", "Observation.effective.ofType(dateTime)", "2180-08-06T03:44:00Z", "the path evaluates to another value")]
    [InlineData("Observation/k", "Observation.value.ofType(string)", "4.1", "the path evaluates to nothing")]
    [InlineData("Observation/k", "Observation.component", null, "the path evaluates to nothing")]
    [InlineData("Observation/k", "Observation.code.coding.code", "K", "the path evaluates to more than one value")]
    [InlineData("Observation/k", "Observation.code", "Potassium", "the path evaluates to no scalar")]
    [InlineData("Observation/k", "Observation..status", "final", "the path is not FHIRPath")]
    [InlineData("Observation/other", "Observation.status", "final", "the resource is not in the record")]
    public void Evidence_that_its_path_does_not_evaluate_to_is_a_mismatch(string reference, string path, object? value, string reason) =>
        Assert.Equal(reason, Assert.Single(Check(Answers.Evidence(reference, path, value)).Mismatches).Reason);

    [Fact]
    public void Evidence_of_another_version_is_a_mismatch() =>
        Assert.Equal(
            "the version is not the record's",
            Assert.Single(Check(Answers.Evidence("Observation/k", "Observation.status", "final", version: "2")).Mismatches).Reason);

    [Fact]
    public void A_value_that_no_query_gave_is_a_mismatch()
    {
        var evidence = Answers.Evidence("Observation/k", "Observation.status", "final");
        var answer = Answers.Of("text", "preliminary") with { Queries = [Answers.Query(QueryOutcome.Found, Answers.Result("final", null, evidence))] };

        Assert.Equal("no query gave this value", Assert.Single(_audit.Check(answer, _record).Mismatches).Reason);
    }

    [Fact]
    public void A_result_whose_evidence_says_something_else_is_a_mismatch()
    {
        var evidence = Answers.Evidence("Observation/k", "Observation.status", "final");
        var answer = Answers.Of("text", "amended") with { Queries = [Answers.Query(QueryOutcome.Found, Answers.Result("amended", null, evidence))] };

        Assert.Equal("no evidence carries the value", Assert.Single(_audit.Check(answer, _record).Mismatches).Reason);
    }

    [Theory]
    [InlineData("count", 1, null)]
    [InlineData("count", 2, "the derivation computes to another value")]
    [InlineData("exists", true, null)]
    [InlineData("exists", false, "the derivation computes to another value")]
    [InlineData("guess", 1, "the derivation cannot be computed again")]
    public void A_derivation_must_compute_to_its_value_again(string operation, object value, string? reason)
    {
        var derivation = new Derivation(operation, [Answers.Evidence("Observation/k", "Observation", null)], new Dictionary<string, string>());
        var answer = Answers.Of("text", value) with { Queries = [Answers.Query(QueryOutcome.Found, Answers.Result(value, derivation))] };

        Assert.Equal(reason, _audit.Check(answer, _record).Mismatches.SingleOrDefault()?.Reason);
    }

    [Fact]
    public void Inputs_of_a_derivation_are_checked_as_well()
    {
        var derivation = new Derivation("count", [Answers.Evidence("Observation/none", "Observation", null)], new Dictionary<string, string>());
        var answer = Answers.Of("text", 1) with { Queries = [Answers.Query(QueryOutcome.Found, Answers.Result(1, derivation))] };

        Assert.Equal("the resource is not in the record", Assert.Single(_audit.Check(answer, _record).Mismatches).Reason);
    }

    [Fact]
    public void An_absence_needs_a_search_of_completely_supplied_types()
    {
        var none = Answers.Of("none") with { Status = AnswerStatus.NoneRecorded };
        var searched = none with { Queries = [Answers.Query(QueryOutcome.SearchedAndEmpty)] };
        var incomplete = HandMadeRecords.Of(Answers.Receipt with { AllComplete = false }, Patient);

        Assert.Single(_audit.Check(none, _record).Mismatches);
        Assert.Empty(_audit.Check(searched, _record).Mismatches);
        Assert.Equal(
            "an absence was stated although the type was not completely supplied",
            Assert.Single(_audit.Check(searched, incomplete).Mismatches).Reason);
    }

    [Fact]
    public void An_open_answer_has_nothing_to_check() =>
        Assert.Equal(0, _audit.Check(Answers.Of("?") with { Status = AnswerStatus.Unsure }, _record).Checked);

    private AuditResult Check(Evidence evidence) =>
        _audit.Check(Answers.Of("text") with { Claims = [Answers.Claim(Verdict.Supported, null, evidence)] }, _record);
}
