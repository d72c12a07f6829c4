using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>Lists of allergies by their state, what is left out of them, and what one allergy is.</summary>
public sealed class AllergyListTests
{
    private static readonly PatientRecord s_chart = HandWrittenRecord.Build(
    [
        $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}","gender":"male","birthDate":"1950-05-06"}""",
        Allergy("c", "active", "confirmed", "Iodinated contrast media", "allergy", "Urticaria"),
        Allergy("a", "active", "confirmed", "Amoxicillin", "intolerance", "Diarrhoea"),
        Allergy("h", "resolved", "confirmed", "Hazelnut", "allergy", "Itching of mouth"),
        Allergy("p", "inactive", "refuted", "Penicillin", "allergy", "Rash"),
        $$"""{"resourceType":"Condition","id":"pe","clinicalStatus":{"coding":[{"code":"inactive"}]},"verificationStatus":{"coding":[{"code":"refuted"}]},"code":{"text":"Pulmonary embolism"},{{HandWrittenRecord.Subject}},"onsetDateTime":"2024-09-01"}""",
    ]);

    [Theory]
    [InlineData("List the active allergies and intolerances.")]
    [InlineData("Active allergies only")]
    [InlineData("Which allergies are still active?")]
    [InlineData("Current allergies (resolved ones not counted)")]
    [InlineData("Allergies, excluding the refuted and the resolved ones")]
    public Task What_is_over_is_no_active_allergy(string question) => AnswersAsync(question, "Amoxicillin", "Iodinated contrast media");

    [Theory]
    [InlineData("Allergies? Refuted and wrongly entered ones left out.")]
    [InlineData("Allergies (refuted and entered-in-error left out)?")]
    public Task What_never_counts_is_left_out_of_what_was_asked_for_and_adds_nothing(string question) => AnswersAsync(question, "Hazelnut", "Amoxicillin", "Iodinated contrast media");

    [Fact]
    public Task What_was_refuted_is_still_told_where_it_is_asked_for() => AnswersAsync("Which allergies have been refuted?", "Penicillin");

    [Fact]
    public Task What_is_over_is_told_where_it_is_asked_for() => AnswersAsync("Any resolved allergies?", "Hazelnut");

    [Theory]
    [InlineData("Is he allergic to hazelnuts?")]
    [InlineData("Does he still have a hazelnut allergy?")]
    public async Task An_allergy_that_is_over_makes_nobody_allergic_now_and_is_told_of(string question)
    {
        var answer = await Answering.AskAsync(s_chart, question);

        Assert.Equal(["False"], answer.Values.Select(value => value.ToString()));
        Assert.Contains("resolved or inactive", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public Task Whether_he_ever_was_is_another_question() => AnswersAsync("Was he ever allergic to hazelnuts?", "True");

    [Theory]
    [InlineData("Is he allergic to X-ray dye?", "True")]
    [InlineData("Is the amoxicillin an allergy or an intolerance?", "intolerance")]
    [InlineData("When did the contrast reaction get recorded?", "2013-01-08")]
    public Task One_allergy_is_told_by_its_everyday_name_its_type_and_its_time(string question, string expected) => AnswersAsync(question, expected);

    [Fact]
    public async Task How_he_reacts_is_asked_of_the_allergies_before_it()
    {
        var answer = await Answering.AskAsync(s_chart, "What is he allergic to and how does he react?");

        Assert.Equal(AnswerStatus.Answered, answer.Status);
        Assert.Contains("Urticaria", answer.Values.Select(value => value.ToString()));
    }

    private static async Task AnswersAsync(string question, params string[] expected)
    {
        var answer = await Answering.AskAsync(s_chart, question);

        Assert.True(answer.Status == AnswerStatus.Answered, answer.Text);
        Assert.Equal(expected.Order(), answer.Values.Select(value => value.ToString()).Order());
    }

    private static string Allergy(string id, string state, string verified, string substance, string type, string reaction) =>
        $$"""{"resourceType":"AllergyIntolerance","id":"{{id}}","clinicalStatus":{"coding":[{"code":"{{state}}"}]},"verificationStatus":{"coding":[{"code":"{{verified}}"}]},"type":"{{type}}","code":{"text":"{{substance}}"},"patient":{"reference":"Patient/{{HandWrittenRecord.Id}}"},"recordedDate":"2013-01-08","reaction":[{"manifestation":[{"text":"{{reaction}}"}] }] }""";
}
