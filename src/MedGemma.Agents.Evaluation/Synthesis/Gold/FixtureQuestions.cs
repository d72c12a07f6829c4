using System.Globalization;
using MedGemma.Agents.Evaluation.Synthesis.Charting;
using MedGemma.Agents.Evaluation.Synthesis.Randomness;

namespace MedGemma.Agents.Evaluation.Synthesis.Gold;

/// <summary>The questions of the fixtures: a part of the repetitive ones, each in one wording, from both sides.</summary>
internal sealed class FixtureQuestions(Life life, Pcg32 random) : IQuestionTaker
{
    private readonly List<ExpectedAnswer> _questions = [];

    public IReadOnlyList<ExpectedAnswer> Questions => _questions;

    public void Take(QuestionDraft draft)
    {
        // A chart has many series and operations: a part of the plain questions about them is enough.
        var repetitive = draft.Template.StartsWith("measurement-", StringComparison.Ordinal) || draft.Template == "procedure-in-year";
        if (draft.Trap is null && draft.Answer.Count > 0 && repetitive && random.Chance(63))
            return;

        var asPatient = draft.Wording.Patient.Count > 0 && life.Death is null && random.Chance(45);
        var phrase = random.Pick(asPatient ? draft.Wording.Patient : draft.Wording.Clinical);
        var id = string.Create(CultureInfo.InvariantCulture, $"p{life.Number}-{_questions.Count + 1:D3}");
        _questions.Add(ExpectedAnswer.Of(draft, id, life.PatientId, asPatient, phrase));
    }
}
