using System.Globalization;
using MedGemma.Agents.Evaluation.Synthesis;
using MedGemma.Agents.Evaluation.Synthesis.Charting;
using MedGemma.Agents.Evaluation.Synthesis.Gold;
using MedGemma.Agents.Evaluation.Synthesis.Randomness;

namespace MedGemma.Agents.Evaluation.RecordQuestions;

/// <summary>Every question that one patient's chart allows, of which a number is taken, all types as evenly as it goes, and worded for a split.</summary>
internal sealed class QuestionPool : IQuestionTaker
{
    private readonly List<QuestionDraft> _drafts = [];

    /// <summary>Everything so far.</summary>
    public IReadOnlyList<QuestionDraft> Drafts => _drafts;

    /// <summary>Writes everything that can be asked of a chart.</summary>
    public static QuestionPool Of(ClinicalChart chart, ulong seed)
    {
        var pool = new QuestionPool();
        var sheet = new QuestionSheet(chart.Life.Now, new SeedStream(seed, chart.Life.Number, "record-suite").Random, pool);
        FurtherQuestions.Write(sheet, new GoldView(chart, chart.Life.Now));
        QuestionBook.Draft(chart, sheet);
        return pool;
    }

    /// <inheritdoc/>
    public void Take(QuestionDraft draft) => _drafts.Add(draft);

    /// <summary>Chooses and words questions.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="seed">Seed of the choice.</param>
    /// <param name="split">The split that the patient is in.</param>
    /// <param name="most">Most questions.</param>
    public IReadOnlyList<ExpectedAnswer> Choose(ClinicalChart chart, ulong seed, PatientSplit split, int most)
    {
        var random = new SeedStream(seed, chart.Life.Number, "record-suite-choice").Random;
        var types = _drafts.GroupBy(draft => draft.Template, StringComparer.Ordinal)
            .OrderBy(type => type.Key, StringComparer.Ordinal)
            .Select(type => new Queue<QuestionDraft>(Shuffled(type, random)))
            .ToList();
        var questions = new List<ExpectedAnswer>(most);
        while (questions.Count < most && types.Count > 0)
        {
            foreach (var type in types.Take(most - questions.Count))
                questions.Add(Word(chart, type.Dequeue(), split, random, questions.Count + 1));

            types.RemoveAll(type => type.Count == 0);
        }

        return questions;
    }

    private static List<QuestionDraft> Shuffled(IEnumerable<QuestionDraft> drafts, Pcg32 random)
    {
        var shuffled = drafts.ToList();
        for (var last = shuffled.Count - 1; last > 0; last--)
        {
            var other = random.Next(last + 1);
            (shuffled[last], shuffled[other]) = (shuffled[other], shuffled[last]);
        }

        return shuffled;
    }

    private static ExpectedAnswer Word(ClinicalChart chart, QuestionDraft draft, PatientSplit split, Pcg32 random, int number)
    {
        var asPatient = split != PatientSplit.Test && draft.Wording.Patient.Count > 0 && chart.Life.Death is null && random.Chance(45);
        var phrases = split == PatientSplit.Test ? draft.Wording.HeldOut : asPatient ? draft.Wording.Patient : draft.Wording.Clinical;
        var id = string.Create(CultureInfo.InvariantCulture, $"r{chart.Life.Number}-{number:D3}");
        return ExpectedAnswer.Of(draft, id, chart.Life.PatientId, asPatient, random.Pick(phrases)) with { Category = QuestionCategories.Of(draft.Template) };
    }
}
