using MedGemma.Agents.Evaluation.Synthesis.Randomness;

namespace MedGemma.Agents.Evaluation.Synthesis.Gold;

/// <summary>What the writers of questions write on; hands each question on.</summary>
internal sealed class QuestionSheet(DateTimeOffset now, Pcg32 random, IQuestionTaker taker)
{
    public DateTimeOffset Now { get; set; } = now;

    /// <summary>Asks for values; without any the right answer is that none is recorded.</summary>
    public void Ask(
        string template, Wording wording, IReadOnlyList<object> answer, IEnumerable<string> evidence, string? unit = null, string? trap = null, string? subject = null)
    {
        var status = answer.Count == 0 ? "none_recorded" : "answered";
        taker.Take(new QuestionDraft(template, wording, answer, [.. evidence.Distinct()], status, unit, trap, subject ?? "", Now));
    }

    /// <summary>Asks what the record cannot decide.</summary>
    public void AskUndecidable(string template, Wording wording, string? trap = null, string? subject = null) =>
        taker.Take(new QuestionDraft(template, wording, [], [], "unsure", null, trap, subject ?? "", Now));

    public string Pick(IReadOnlyList<string> names) => random.Pick(names);
}
