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
    [InlineData("What was the creatinine before the latest one?", "1.6")]
    [InlineData("What was her creatinine the time before last?", "1.6")]
    [InlineData("How many mg/dL is the creatinine?", "1.4")]
    [InlineData("How many mg/dL did the creatinine change from the previous to the latest?", "-0.2")]
    [InlineData("What did the last creatinine come back as?", "1.4")]
    [InlineData("worst creatinine", "1.6")]
    [InlineData("Worst eGFR ever?", "55")]
    [InlineData("date of the worst eGFR", "2025-05-10T08:00:00Z")]
    [InlineData("best eGFR", "70")]
    [InlineData("Was the creatinine ever between 1.5 and 1.7?", "True")]
    [InlineData("Was the creatinine ever between 1.7 and 1.9?", "False")]
    [InlineData("How many creatinines outside 0.9 to 1.4?", "1")]
    [InlineData("Highest creatinine in 2023, 2024 and 2025", "1.6")]
    [InlineData("Initial creatinine, the one before any of the others", "1.0")]
    public async Task One_value_is_chosen_by_what_the_words_say(string question, string expected) => await AnswersAsync(question, expected);

    [Theory]
    [InlineData("Worst potassium?")]
    [InlineData("What was her creatinine before the last admission?")]
    public async Task Words_that_choose_no_value_are_not_passed_over(string question) =>
        Assert.Equal(AnswerStatus.Unsure, (await Answering.AskAsync(MeasuredRecord.Record, question)).Status);

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
