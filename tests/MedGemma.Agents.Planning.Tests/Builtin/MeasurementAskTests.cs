using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>What is asked of a measurement beside its value: unit, range, flag, status.</summary>
public sealed class MeasurementAskTests
{
    [Theory]
    [InlineData("What unit is creatinine reported in?", "mg/dL")]
    [InlineData("creatinine units", "mg/dL")]
    [InlineData("In what units is the potassium given?", "mmol/L")]
    [InlineData("What is the lab's upper reference limit for creatinine?", "1.2")]
    [InlineData("ULN for creatinine?", "1.2")]
    [InlineData("lower limit of normal for the creatinine", "0.6")]
    [InlineData("normal range for potassium?", "3.5 - 5.1")]
    [InlineData("reference range for creatinine (low and high)?", "0.6 - 1.2")]
    [InlineData("What are the normal values for potassium?", "3.5 - 5.1")]
    [InlineData("Was the latest creatinine flagged high?", "True")]
    [InlineData("Is her last haemoglobin flagged as low?", "True")]
    [InlineData("Was the first creatinine flagged?", "False")]
    [InlineData("Are any labs flagged low?", "True")]
    [InlineData("Is the latest creatinine normal?", "False")]
    public async Task The_record_says_it_of_its_own_results(string question, string expected) => await AnswersAsync(question, expected);

    [Theory]
    [InlineData("status of the latest creatinine result", "final")]
    [InlineData("Is the last potassium final or preliminary?", "preliminary")]
    [InlineData("Is the last potassium preliminary?", "True")]
    [InlineData("Is the latest creatinine final?", "True")]
    [InlineData("Was the haemoglobin corrected?", "True")]
    [InlineData("How many preliminary potassium results are there?", "1")]
    [InlineData("most recent final potassium (not preliminary, not entered in error)", "4.4")]
    [InlineData("Most recent non-preliminary potassium", "4.4")]
    [InlineData("latest potassium", "4.1")]
    [InlineData("Has she ever had a potassium over 6, erroneous entries left out?", "False")]
    [InlineData("Has she ever had a potassium over 6? Ignore anything entered in error.", "False")]
    [InlineData("Latest potassium, excluding cancelled results and those entered in error", "4.1")]
    public async Task Status_says_which_results_are_meant(string question, string expected) => await AnswersAsync(question, expected);

    [Theory]
    [InlineData("latest potassium, excluding those taken in clinic")]
    [InlineData("Latest potassium, ignore the ones from the pharmacy")]
    public async Task Other_exclusions_are_not_passed_over(string question) =>
        Assert.NotEqual(AnswerStatus.Answered, (await Answering.AskAsync(MeasuredRecord.Record, question)).Status);

    private static async Task AnswersAsync(string question, string expected)
    {
        var answer = await Answering.AskAsync(MeasuredRecord.Record, question);

        Assert.True(answer.Status is AnswerStatus.Answered, answer.Text);
        Assert.Equal([expected], answer.Values.Select(value => value.ToString()));
    }
}
