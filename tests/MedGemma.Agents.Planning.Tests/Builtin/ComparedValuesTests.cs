using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>Two values of one thing are compared: which way it went, and by how much.</summary>
public sealed class ComparedValuesTests
{
    [Theory]
    [InlineData("Has the creatinine risen since the one before?", "False")]
    [InlineData("Is the latest creatinine lower than the previous one?", "True")]
    [InlineData("Compared with the prior reading, is the most recent creatinine lower?", "True")]
    [InlineData("Creatinine down on last time?", "True")]
    [InlineData("Is creatinine higher than at baseline?", "True")]
    [InlineData("Relative to baseline, is the eGFR lower?", "True")]
    [InlineData("Is she heavier than at her first recorded weight?", "True")]
    [InlineData("Did she lose weight between 2024 and 2025?", "True")]
    [InlineData("Did eGFR fall between 2023 and 2025?", "True")]
    [InlineData("Is the creatinine higher than in March 2024?", "False")]
    [InlineData("Was the creatinine higher in March 2024 than in January 2023?", "True")]
    [InlineData("Was the creatinine higher in January 2023 than in March 2024?", "False")]
    public async Task Direction_is_answered_with_yes_or_no(string question, string expected) => await AnswersAsync(question, expected);

    [Theory]
    [InlineData("How much has the creatinine changed between the last two?", "-0.2")]
    [InlineData("creatinine: latest minus previous", "-0.2")]
    [InlineData("Change in creatinine since the last check", "-0.2")]
    [InlineData("difference between her first and most recent creatinine", "0.4")]
    [InlineData("How much higher is her creatinine than in January 2023?", "0.4")]
    [InlineData("By how much did the creatinine drop from the previous reading?", "0.2")]
    [InlineData("How many kilos has she lost since the last but one weight?", "2.5")]
    [InlineData("How many kg did she gain between 2023 and 2024?", "4")]
    [InlineData("Weight gain in kg from 2023 to 2024", "4")]
    [InlineData("Is creatinine up or down from last time?", "-0.2")]
    public async Task Difference_is_answered_with_a_number(string question, string expected) => await AnswersAsync(question, expected);

    [Theory]
    [InlineData("When did the creatinine first go above 1.5?", "2024-03-10T08:00:00Z")]
    [InlineData("When did the eGFR first fall below 60?", "2025-05-10T08:00:00Z")]
    [InlineData("Did she fall in 2024?", "True")]
    [InlineData("Any falls in 2024?", "True")]
    public async Task Words_of_change_that_compare_no_two_values_keep_their_meaning(string question, string expected) => await AnswersAsync(question, expected);

    [Theory]
    [InlineData("Has the kidney function got worse since last time?")]
    [InlineData("Is the potassium higher than the creatinine?")]
    [InlineData("Is the haemoglobin higher than last time?")]
    [InlineData("Is creatinine higher than in 2019?")]
    [InlineData("Is the creatinine higher than it should be?")]
    public async Task What_has_no_second_value_or_no_number_is_not_compared(string question) =>
        Assert.Equal(AnswerStatus.Unsure, (await Answering.AskAsync(MeasuredRecord.Record, question)).Status);

    private static async Task AnswersAsync(string question, string expected)
    {
        var answer = await Answering.AskAsync(MeasuredRecord.Record, question);

        Assert.True(answer.Status == AnswerStatus.Answered, answer.Text);
        Assert.Equal([expected], answer.Values.Select(value => value.ToString()));
    }
}
