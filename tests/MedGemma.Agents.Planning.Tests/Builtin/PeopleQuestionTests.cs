using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>Relatives and what they died of, people to contact and how, what was decided about resuscitation.</summary>
public sealed class PeopleQuestionTests
{
    private static readonly PatientRecord s_chart = HandWrittenRecord.Build(
    [
        $$$"""{"resourceType":"Patient","id":"{{{HandWrittenRecord.Id}}}","gender":"female","birthDate":"1960-05-06","telecom":[{"system":"phone","value":"555-0100"}],"communication":[{"language":{"text":"Finnish"}}],"contact":[{"relationship":[{"text":"Daughter"}],"name":{"text":"Rosa Quillon"},"telecom":[{"system":"phone","value":"555-0199"}]},{"relationship":[{"text":"Health care agent"}],"name":{"text":"Ivo Marsh"},"telecom":[{"system":"phone","value":"555-0155"}]}]}""",
        Relative("mother", "Mother", "\"deceasedAge\":{\"value\":74,\"unit\":\"a\"},", ("Stroke", 71), ("Hypertension", null)),
        Relative("father", "Father", "\"deceasedBoolean\":true,", ("Myocardial infarction", 58)),
        Relative("brother", "Brother", ""),
        Relative("grandfather", "Maternal grandfather", "", ("Type 1 diabetes", 18)),
        Resuscitation("earlier", "2021-12-03", "For attempted resuscitation"),
        Resuscitation("later", "2024-09-05", "Not for attempted resuscitation"),
        $$$"""{"resourceType":"Observation","id":"smoking","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"social-history"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"72166-2"}],"text":"Tobacco smoking status"},{{{HandWrittenRecord.Subject}}},"effectiveDateTime":"2025-08-26","valueCodeableConcept":{"text":"Never smoker"} }""",
    ]);

    [Theory]
    [InlineData("How old was her mother when she had her stroke?", "71")]
    [InlineData("At what age did her mum die?", "74")]
    [InlineData("Is her mother still alive?", "74")]
    [InlineData("At what age did her maternal grandfather develop diabetes?", "18")]
    [InlineData("Which grandparent had type 1 diabetes?", "Maternal grandfather")]
    [InlineData("What did her father die of?", "Myocardial infarction")]
    [InlineData("Does heart disease run in the family?", "True")]
    public Task An_age_and_a_death_beside_a_relative_are_the_relative_s(string question, string expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("At what age was her mother diagnosed with hypertension?")]
    [InlineData("Does her brother have any illness?")]
    [InlineData("How old was her father when he died?")]
    public async Task What_is_not_recorded_of_a_relative_is_not_taken_from_another(string question) =>
        Assert.Equal(AnswerStatus.NoneRecorded, (await Answering.AskAsync(s_chart, question)).Status);

    [Fact]
    public async Task The_diseases_of_a_relative_are_not_called_the_cause_of_death() =>
        Assert.Contains("not said", (await Answering.AskAsync(s_chart, "What did her mother die of?")).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("How do I reach her daughter?", "555-0199")]
    [InlineData("Daughter's telephone number?", "555-0199")]
    [InlineData("Who is the health care agent?", "Ivo Marsh")]
    [InlineData("Healthcare proxy's phone?", "555-0155")]
    [InlineData("What is her daughter's name?", "Rosa Quillon")]
    [InlineData("What is her own phone number?", "555-0100")]
    [InlineData("Does she need an interpreter?", "Finnish")]
    public Task A_contact_is_told_by_how_he_is_related(string question, string expected) => AnswersAsync(question, expected);

    [Fact]
    public async Task Nobody_is_given_for_a_relation_that_no_contact_has() =>
        Assert.Equal(AnswerStatus.NoneRecorded, (await Answering.AskAsync(s_chart, "What is her husband's phone number?")).Status);

    [Theory]
    [InlineData("When was the DNACPR decision made?", "2024-09-05")]
    [InlineData("What was the code status in 2022?", "For attempted resuscitation")]
    [InlineData("Is she for resuscitation?", "Not for attempted resuscitation")]
    [InlineData("Was she ever for resuscitation?", "For attempted resuscitation", "Not for attempted resuscitation")]
    public Task A_decision_about_resuscitation_holds_until_the_next(string question, params string[] expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("Does she smoke? Give the recorded status.")]
    [InlineData("Is she a smoker? Recorded status please.")]
    public Task How_it_is_to_be_answered_asks_for_nothing_more(string question) => AnswersAsync(question, "Never smoker");

    [Fact]
    public async Task A_second_sentence_that_asks_for_more_is_not_passed_over() =>
        Assert.Equal(AnswerStatus.Unsure, (await Answering.AskAsync(s_chart, "Does she smoke? Give the recorded brand.")).Status);

    private static async Task AnswersAsync(string question, params string[] expected)
    {
        var answer = await Answering.AskAsync(s_chart, question);

        Assert.True(answer.Status == AnswerStatus.Answered, answer.Text);
        Assert.Equal(expected, answer.Values.Select(value => value.ToString()));
    }

    private static string Relative(string id, string relation, string deceased, params (string Disease, int? Age)[] diseases) =>
        $$$"""{"resourceType":"FamilyMemberHistory","id":"{{{id}}}","status":"completed","patient":{"reference":"Patient/{{{HandWrittenRecord.Id}}}"},"relationship":{"text":"{{{relation}}}"},{{{deceased}}}"condition":[{{{string.Join(',', diseases.Select(Disease))}}}]}""";

    private static string Disease((string Name, int? Age) disease) =>
        disease.Age is { } age ? $$$"""{"code":{"text":"{{{disease.Name}}}"},"onsetAge":{"value":{{{age}}},"unit":"a"}}""" : $$$"""{"code":{"text":"{{{disease.Name}}}"}}""";

    private static string Resuscitation(string id, string date, string status) =>
        $$$"""{"resourceType":"Observation","id":"{{{id}}}","status":"final","code":{"text":"Resuscitation status"},{{{HandWrittenRecord.Subject}}},"effectiveDateTime":"{{{date}}}","valueCodeableConcept":{"text":"{{{status}}}"} }""";
}
