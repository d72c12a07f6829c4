using MedGemma.Agents.Evaluation.RecordQuestions;
using MedGemma.Agents.Evaluation.Synthesis;
using MedGemma.Agents.Evaluation.Synthesis.Charting;

namespace MedGemma.Agents.Evaluation.Tests.RecordQuestions;

public sealed class RecordQuestionTests
{
    private static readonly RecordQuestionOptions Options = new() { Patients = 16, Seed = 5 };

    private static readonly IReadOnlyList<ClinicalChart> Charts = [.. Enumerable.Range(0, 16).Select(number => PatientSynthesizer.Chart(number, Options.Synthesis))];

    private static readonly IReadOnlyList<QuestionPool> Pools = [.. Charts.Select(chart => QuestionPool.Of(chart, Options.Seed))];

    [Fact]
    public void Patients_are_split_as_EHRQA_splits_them_and_every_split_has_every_kind_of_life()
    {
        var splits = PatientSplits.Of(PatientSplits.Patients);

        Assert.Equal([(PatientSplit.Training, 42), (PatientSplit.Validation, 20), (PatientSplit.Test, 19)], splits.CountBy(split => split).OrderBy(split => split.Key).Select(split => (split.Key, split.Value)));
        foreach (var split in Enum.GetValues<PatientSplit>())
            Assert.Equal(8, splits.Index().Where(patient => patient.Item == split).Select(patient => patient.Index % 8).Distinct().Count());
    }

    [Fact]
    public void There_are_ten_categories_and_far_more_than_42_types()
    {
        var types = Pools.SelectMany(pool => pool.Drafts).Select(draft => draft.Template).Distinct().ToList();

        Assert.Equal(10, QuestionCategories.Names.Count);
        Assert.True(types.Count >= 80, $"{types.Count} types");
        Assert.Equal(QuestionCategories.Templates.Order(StringComparer.Ordinal), types.Order(StringComparer.Ordinal));
        Assert.Equal(10, types.Select(QuestionCategories.Of).Distinct().Count());
    }

    [Fact]
    public void Every_type_has_several_wordings_and_holds_others_out() =>
        Assert.All(Pools.SelectMany(pool => pool.Drafts).DistinctBy(draft => draft.Template), draft =>
        {
            var development = draft.Wording.Clinical.Concat(draft.Wording.Patient).ToList();
            Assert.True(development.Count >= 2 && draft.Wording.HeldOut.Count >= 1, draft.Template);
            Assert.Empty(draft.Wording.HeldOut.Intersect(development, StringComparer.OrdinalIgnoreCase));
        });

    [Fact]
    public void No_question_of_the_test_split_is_worded_as_one_for_development()
    {
        foreach (var (chart, pool) in Charts.Zip(Pools))
        {
            var development = pool.Drafts.SelectMany(draft => draft.Wording.Clinical.Concat(draft.Wording.Patient).Select(draft.Fill)).ToHashSet(StringComparer.OrdinalIgnoreCase);
            Assert.DoesNotContain(pool.Choose(chart, Options.Seed, PatientSplit.Test, 200), question => development.Contains(question.Question));
            Assert.All(pool.Choose(chart, Options.Seed, PatientSplit.Training, 200), question => Assert.Contains(question.Question, development));
        }
    }

    [Fact]
    public void About_200_questions_are_asked_of_each_patient_and_no_type_crowds_out_another()
    {
        foreach (var (chart, pool) in Charts.Zip(Pools))
        {
            var questions = pool.Choose(chart, Options.Seed, PatientSplit.Test, 200);
            Assert.InRange(questions.Count, 150, 200);
            Assert.Equal(pool.Drafts.Select(draft => draft.Template).Distinct().Count(), questions.Select(question => question.Template).Distinct().Count());
            Assert.Equal(questions.Count, questions.Select(question => question.Id).Distinct().Count());
        }
    }

    [Fact]
    public void The_files_are_the_same_bytes_again_and_no_patient_is_in_two_splits()
    {
        using var first = new TemporaryFolder();
        using var second = new TemporaryFolder();
        var small = Options with { Patients = 6, Resources = 200 };
        var patients = new List<string>();
        foreach (var split in Enum.GetValues<PatientSplit>())
        {
            var there = RecordQuestionFiles.Write(Path.Combine(first.Path, $"{split}"), split, small, TestContext.Current.CancellationToken);
            Assert.Equal(there, RecordQuestionFiles.Write(Path.Combine(second.Path, $"{split}"), split, small, TestContext.Current.CancellationToken));
            patients.AddRange(Directory.GetFiles(Path.Combine(first.Path, $"{split}", "patients"), "patient-*").Select(file => Path.GetFileName(file)));
        }

        Assert.Equal(6, patients.Distinct().Count());
        Assert.Equal(6, patients.Count);
        foreach (var file in Directory.GetFiles(first.Path, "*", SearchOption.AllDirectories))
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(second.Path, Path.GetRelativePath(first.Path, file))));
    }
}
