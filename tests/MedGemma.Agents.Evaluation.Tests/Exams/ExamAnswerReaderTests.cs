using MedGemma.Agents.Evaluation.Exams;

namespace MedGemma.Agents.Evaluation.Tests.Exams;

public sealed class ExamAnswerReaderTests
{
    private static readonly ExamQuestion Question = new("1", "s", null, "Which?", ExamQuestion.Lettered(["Aspirin", "Vitamin B", "No treatment", "A and C"]), 'B');

    [Theory]
    [InlineData("Final Answer: (B)", 'B')]
    [InlineData("The patient is pale.\n\nFinal Answer: B", 'B')]
    [InlineData("**Final Answer:** (C)", 'C')]
    [InlineData("## Final answer\n\n(D)", 'D')]
    [InlineData("Final Answer: **(A) Aspirin**", 'A')]
    [InlineData("final answer is \\boxed{C}", 'C')]
    [InlineData("Final Answer: (b)", 'B')]
    [InlineData("Final Answer: Option B.", 'B')]
    [InlineData("Final Answer: b", 'B')]
    [InlineData("The answer is option c.", 'C')]
    [InlineData("Final Answer: B, because A is not given here.", 'B')]
    [InlineData("Final Answer: Vitamin B", 'B')]
    [InlineData("Final Answer: (D) A and C", 'D')]
    [InlineData("Final Answer: (A)\nNo, wait.\nFinal Answer: (C)", 'C')]
    [InlineData("So the correct answer is (B).", 'B')]
    [InlineData("Answer: D", 'D')]
    [InlineData("B", 'B')]
    [InlineData("(C)", 'C')]
    [InlineData("<unused94>thought\nFinal Answer: (A)?<unused95>Final Answer: (B)", 'B')]
    public void The_chosen_option_is_read(string output, char letter) =>
        Assert.Equal(new ExamReading.Chosen(letter), ExamAnswerReader.Read(output, Question, cut: false));

    [Theory]
    [InlineData("", "no final answer")]
    [InlineData("I cannot tell.", "no final answer")]
    [InlineData("Final Answer: not B", "no final answer")]
    [InlineData("Final Answer: a drug", "no final answer")]
    [InlineData("A 54-year-old man needs aspirin, or vitamin B.", "no final answer")]
    [InlineData("Option A is tempting.\nOption B is too.", "no final answer")]
    [InlineData("Final Answer: (E)", "a letter that is no option")]
    [InlineData("Final Answer: (A) or (B)", "more than one option")]
    [InlineData("Final Answer: A, C", "more than one option")]
    [InlineData("Final Answer: none of them", "no final answer")]
    [InlineData("Final Answer:", "no final answer")]
    [InlineData("<unused94>thought\nIt is B. Final Answer: (B)", "the thinking was cut off")]
    public void What_is_no_answer_or_two_is_not_guessed_at(string output, string problem) =>
        Assert.Equal(new ExamReading.Unreadable(problem), ExamAnswerReader.Read(output, Question, cut: false));

    [Fact]
    public void What_was_cut_off_before_its_answer_is_unreadable() =>
        Assert.Equal(new ExamReading.Unreadable("cut off at the token limit"), ExamAnswerReader.Read("B", Question, cut: true));
}
