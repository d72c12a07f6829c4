using System.Text.Json;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Builtin;
using MedGemma.Agents.Planning.Tests.Fixtures;

namespace MedGemma.Agents.Planning.Tests.Answers;

/// <summary>What is said of types that were not completely supplied: what is there, with its evidence, and never as if it were all.</summary>
public sealed class IncompleteRecordTests
{
    private static readonly string[] s_chart =
    [
        """{"resourceType":"Patient","id":"hand-1","gender":"female","birthDate":"1960-05-01"}""",
        Potassium("k1", "2025-01-10", 5.4),
        Potassium("k2", "2025-06-10", 3.6),
        Potassium("k3", "2025-11-10", 4.1),
        Creatinine("c1", "2025-11-10", 1.1),
        """{"resourceType":"Encounter","id":"e1","status":"finished","class":{"code":"IMP"},"subject":{"reference":"Patient/hand-1"},"period":{"start":"2025-06-09T08:00:00Z","end":"2025-06-14T10:00:00Z"}}""",
        """{"resourceType":"AllergyIntolerance","id":"a1","clinicalStatus":{"coding":[{"code":"active"}]},"verificationStatus":{"coding":[{"code":"confirmed"}]},"code":{"text":"Penicillin"},"patient":{"reference":"Patient/hand-1"},"recordedDate":"2020-01-01"}""",
        """{"resourceType":"MedicationRequest","id":"m1","status":"active","intent":"order","medicationCodeableConcept":{"text":"Metformin 500 MG"},"subject":{"reference":"Patient/hand-1"},"authoredOn":"2025-03-01","encounter":{"reference":"Encounter/gone"}}""",
    ];

    [Theory]
    [InlineData("What was the latest potassium?", "The latest supplied laboratory result of potassium: Potassium: 4.1 mmol/L (2025-11-10).", "Whether there are later ones is not known, because Observation was not supplied completely.")]
    [InlineData("What was the first potassium?", "The first supplied laboratory result of potassium: Potassium: 5.4 mmol/L (2025-01-10).", "Whether there are earlier ones")]
    [InlineData("What was the highest potassium?", "The highest supplied laboratory result", "Whether there are higher ones")]
    [InlineData("What was the lowest potassium?", "The lowest supplied laboratory result", "Whether there are lower ones")]
    [InlineData("How many potassium results are there?", "There are at least 3 supplied observations of potassium", "Whether there are more")]
    [InlineData("What was the average potassium?", "The average supplied Potassium was", "Whether there are others that change it")]
    [InlineData("List all potassium results", "Supplied observations of potassium: ", "Whether there are more")]
    [InlineData("How has the potassium changed?", "Of what was supplied, Potassium changed by", "Whether there are others that change it")]
    [InlineData("Is the potassium rising?", "Of what was supplied, the trend of Potassium is", "Whether there are others that change it")]
    [InlineData("What is the patient allergic to?", "Supplied allergy: Penicillin", "because AllergyIntolerance was not supplied completely")]
    [InlineData("How many hospital admissions were there?", "There is at least 1 supplied hospital stay", "because Encounter was not supplied completely")]
    [InlineData("Is the patient currently on metformin?", "Of what was supplied, yes, active", "Whether that is how it stands is not known")]
    [InlineData("What is the eGFR?", "Of what was supplied, ", "Whether there are others that change it")]
    [InlineData("Was the last potassium above 4?", "Of what was supplied, yes, ", "because Observation was not supplied completely")]
    [InlineData("What was the potassium during the last hospital stay?", "3.6 mmol/L", "because Encounter, Observation was not supplied completely")]
    public async Task A_value_of_an_incomplete_type_is_shown_as_supplied_and_is_no_answer(string question, string said, string unknown)
    {
        var answer = await Answering.AskAsync(HandWrittenRecord.BuildPart(s_chart), question);

        Assert.Equal(AnswerStatus.Unsure, answer.Status);
        Assert.IsType<UnsureReason.IncompleteRecord>(answer.Reason);
        Assert.Contains(said, answer.Text, StringComparison.Ordinal);
        Assert.Contains(unknown, answer.Text, StringComparison.Ordinal);
        Assert.Empty(answer.Values);
        Assert.Null(answer.Unit);
        Assert.All(answer.Claims, claim => Assert.Equal((ClaimScope.Supplied, Verdict.Supported), (claim.Scope, claim.Verdict)));
        Assert.NotEmpty(Assert.Single(answer.Claims).Evidence);
    }

    [Theory]
    [InlineData("Was the potassium ever above 5?")]
    [InlineData("Was metformin ever prescribed?")]
    [InlineData("When was the patient born?")]
    [InlineData("How old is the patient?")]
    public async Task What_more_cannot_make_wrong_is_a_fact(string question)
    {
        var answer = await Answering.AskAsync(HandWrittenRecord.BuildPart(s_chart), question);

        Assert.Equal(AnswerStatus.Answered, answer.Status);
        Assert.Equal(ClaimScope.Record, Assert.Single(answer.Claims).Scope);
    }

    [Fact]
    public async Task A_stay_that_was_not_supplied_leaves_open_whether_an_order_is_current()
    {
        var complete = HandWrittenRecord.BuildPart(s_chart, "MedicationRequest", "MedicationStatement", "MedicationAdministration", "MedicationDispense");

        var answer = await Answering.AskAsync(complete, "Is the patient currently on metformin?");

        Assert.Equal("incomplete-record", answer.Reason?.Code);
        Assert.Contains("Encounter was not supplied completely", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_unsure_for_the_sake_of_a_type_that_the_question_does_not_hang_on()
    {
        var answer = await Answering.AskAsync(HandWrittenRecord.BuildPart(s_chart, "Observation"), "What was the latest potassium?");

        Assert.Equal(AnswerStatus.Answered, answer.Status);
        Assert.Equal(4.1, Assert.Single(answer.Values).GetDouble());
    }

    [Fact]
    public async Task A_name_that_is_only_known_of_an_incomplete_type_is_not_said_to_be_nowhere_else()
    {
        var complete = HandWrittenRecord.BuildPart(s_chart, "MedicationRequest", "MedicationStatement", "MedicationAdministration", "MedicationDispense");

        var answer = await Answering.AskAsync(complete, "When did the patient last get a Tdap?");

        Assert.Equal(AnswerStatus.Unsure, answer.Status);
    }

    [Fact]
    public async Task The_JSON_says_it_in_members_of_its_own()
    {
        var answer = await Answering.AskAsync(HandWrittenRecord.BuildPart(s_chart), "What was the latest potassium?");

        using var json = JsonDocument.Parse(AnswerJson.ToUtf8(answer));
        var root = json.RootElement;
        Assert.Equal("unsure", root.GetProperty("status").GetString());
        Assert.Equal("incomplete-record", root.GetProperty("reason").GetProperty("code").GetString());
        Assert.Equal("supplied", root.GetProperty("claims")[0].GetProperty("scope").GetString());
        Assert.Equal(4.1, root.GetProperty("claims")[0].GetProperty("evidence")[0].GetProperty("value").GetDouble());
        Assert.True(root.GetProperty("queries")[0].GetProperty("dependsOnMissing").GetBoolean());
        Assert.Equal("Observation", root.GetProperty("queries")[0].GetProperty("missing")[0].GetString());
    }

    private static string Potassium(string id, string day, double value) => Laboratory(id, day, "2823-3", "Potassium", value, "mmol/L");

    private static string Creatinine(string id, string day, double value) => Laboratory(id, day, "2160-0", "Creatinine", value, "mg/dL");

    private static string Laboratory(string id, string day, string code, string name, double value, string unit) => JsonSerializer.Serialize(new
    {
        resourceType = "Observation",
        id,
        status = "final",
        category = new[] { new { coding = new[] { new { code = "laboratory" } } } },
        code = new { coding = new[] { new { system = "http://loinc.org", code, display = name } } },
        subject = new { reference = "Patient/hand-1" },
        effectiveDateTime = day,
        valueQuantity = new { value, unit, system = "http://unitsofmeasure.org", code = unit },
    });
}
