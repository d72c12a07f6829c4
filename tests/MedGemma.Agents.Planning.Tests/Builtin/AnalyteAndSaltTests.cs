using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>A patient whose potassium and digoxin are measured, and who takes potassium chloride and digoxin.</summary>
public sealed class AnalyteAndSaltTests
{
    private static readonly PatientRecord s_record = HandWrittenRecord.Build(
    [
        $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}","gender":"female","birthDate":"1950-05-06"}""",
        Result("k1", "2823-3", "Potassium [Moles/volume] in Serum or Plasma", "2025-12-10T08:00:00Z", 3.4m, "mmol/L"),
        Result("k2", "2823-3", "Potassium [Moles/volume] in Serum or Plasma", "2026-01-10T08:00:00Z", 5.2m, "mmol/L"),
        Result("d1", "10535-3", "Digoxin [Mass/volume] in Serum or Plasma", "2026-01-10T08:00:00Z", 1.1m, "ng/mL"),
        Order("kcl", "potassium chloride 20 MEQ Extended Release Oral Tablet"),
        Order("dig", "digoxin 0.125 MG Oral Tablet"),
    ]);

    [Theory]
    [InlineData("Latest potassium?", "5.2")]
    [InlineData("What is the potassium?", "5.2")]
    [InlineData("What was her last potassium", "5.2")]
    [InlineData("Highest potassium this year", "5.2")]
    [InlineData("What was the first potassium?", "3.4")]
    [InlineData("Any potassium above 5?", "True")]
    public async Task The_name_alone_is_the_result(string question, string expected)
    {
        var answer = await Answering.AskAsync(s_record, question);

        Assert.Equal(AnswerStatus.Answered, answer.Status);
        Assert.Contains(expected, answer.Values.Select(value => value.ToString()));
        Assert.All(answer.Claims.SelectMany(claim => claim.Evidence), evidence => Assert.Equal("Observation", evidence.Resource.Type));
    }

    [Theory]
    [InlineData("Is she on potassium?")]
    [InlineData("Is she taking potassium?")]
    [InlineData("Was potassium prescribed?")]
    public async Task What_is_asked_of_drugs_is_the_salt(string question)
    {
        var answer = await Answering.AskAsync(s_record, question);

        Assert.Equal(AnswerStatus.Answered, answer.Status);
        Assert.Contains(answer.Claims.SelectMany(claim => claim.Evidence), evidence => evidence.Resource.Id == "kcl");
    }

    [Fact]
    public async Task Of_a_drug_that_is_measured_itself_the_answer_says_which_it_takes() =>
        Assert.Contains("medication entry", (await Answering.AskAsync(s_record, "Latest digoxin?")).Text, StringComparison.Ordinal);

    private static string Result(string id, string loinc, string name, string at, decimal value, string unit) =>
        $$$"""{"resourceType":"Observation","id":"{{{id}}}","status":"final","category":[{"coding":[{"code":"laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"{{{loinc}}}","display":"{{{name}}}"}]},{{{HandWrittenRecord.Subject}}},"effectiveDateTime":"{{{at}}}","valueQuantity":{"value":{{{value}}},"unit":"{{{unit}}}","system":"http://unitsofmeasure.org","code":"{{{unit}}}"}}""";

    private static string Order(string id, string name) =>
        $$$"""{"resourceType":"MedicationRequest","id":"{{{id}}}","status":"active","intent":"order","medicationCodeableConcept":{"text":"{{{name}}}"},{{{HandWrittenRecord.Subject}}},"authoredOn":"2026-01-02T08:00:00Z"}""";
}
