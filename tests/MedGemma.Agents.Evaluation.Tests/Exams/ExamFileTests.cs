using MedGemma.Agents.Evaluation.Exams;

namespace MedGemma.Agents.Evaluation.Tests.Exams;

/// <summary>Made-up questions in the published shapes; no exam is in this repository.</summary>
public sealed class ExamFileTests : IDisposable
{
    private const string MedQa =
        """{"question":"Which made-up vitamin is in the made-up fruit?","answer":"Vitamin Q","options":{"A":"Vitamin P","B":"Vitamin Q","C":"Vitamin R","D":"Vitamin S"},"meta_info":"step1","answer_idx":"B","metamap_phrases":["fruit"]}""";

    private const string AfriMedQa =
        """{"sample_id":"AFMQ-1","question_type":"mcq","question":"Which?","answer_options":"{\"option1\": \"one\", \"option2\": \"two\", \"option3\": \"three\"}","correct_answer":"option3","specialty":"Paediatrics","tier":"expert"}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task MedQA_of_four_options_is_read()
    {
        var question = Assert.Single((await ReadAsync("medqa", MedQa)).Questions);

        Assert.Equal(("medqa-1", "step1", 'B'), (question.Id, question.Subject, question.Gold));
        Assert.Equal(["Vitamin P", "Vitamin Q", "Vitamin R", "Vitamin S"], question.Options.Select(option => option.Text));
    }

    [Theory]
    [InlineData("""{"question":"?","answer":"e","options":{"A":"a","B":"b","C":"c","D":"d","E":"e"},"answer_idx":"E"}""", "five-option set is another exam")]
    [InlineData("""{"question":"?","answer":"b","options":{"A":"a","B":"b","C":"c","D":"d"},"answer_idx":"A"}""", "answer is not the text")]
    [InlineData("""{"question":"?","options":{"A":"a","B":"b","C":"c","D":"d"},"answer_idx":"F"}""", "answer_idx is no letter")]
    [InlineData("""{"question":" ","options":{"A":"a","B":"b","C":"c","D":"d"},"answer_idx":"A"}""", "question is missing")]
    public async Task A_row_that_is_none_of_MedQA_refuses_the_file(string row, string reason)
    {
        var refused = await Assert.ThrowsAsync<EvaluationRefusedException>(() => ReadAsync("medqa", MedQa, row));

        Assert.StartsWith("exam.jsonl, row 2, is none of medqa", refused.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 1, 4, 2 }, new[] { 'A', 'D', 'B' })]
    [InlineData(new[] { 0, 3, 2 }, new[] { 'A', 'D', 'C' })]
    public async Task MedMCQA_counts_its_right_option_from_what_the_whole_file_shows(int[] places, char[] letters)
    {
        var set = await ReadAsync("medmcqa", [.. places.Select(MedMcqa)]);

        Assert.Equal(letters, set.Questions.Select(question => question.Gold));
        Assert.All(set.Questions, question => Assert.Equal("Anatomy", question.Subject));
    }

    [Theory]
    [InlineData(new[] { 1, 2, 3 }, "nothing tells whether it counts from 0 or from 1")]
    [InlineData(new[] { 0, 4 }, "neither from 0 nor from 1")]
    [InlineData(new[] { -1, -1 }, "test split")]
    public async Task MedMCQA_is_refused_where_the_right_option_cannot_be_known(int[] places, string reason)
    {
        var refused = await Assert.ThrowsAsync<EvaluationRefusedException>(() => ReadAsync("medmcqa", [.. places.Select(MedMcqa)]));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"pubid":123,"question":"Does it?","context":{"contexts":["We did.","It was."],"labels":["METHODS","RESULTS"],"meshes":["M"],"reasoning_required_pred":["y"],"reasoning_free_pred":["n"]},"long_answer":"SECRET","final_decision":"maybe"}""")]
    [InlineData("""{"123":{"QUESTION":"Does it?","CONTEXTS":["We did.","It was."],"LABELS":["METHODS","RESULTS"],"MESHES":["M"],"YEAR":"2001","reasoning_required_pred":"yes","reasoning_free_pred":"no","final_decision":"maybe","LONG_ANSWER":"SECRET"}}""")]
    public async Task PubMedQA_is_read_in_both_forms_without_its_conclusion(string file)
    {
        var question = Assert.Single((await ReadAsync("pubmedqa", file)).Questions);

        Assert.Equal(("123", "Does it?", 'C'), (question.Id, question.Stem, question.Gold));
        Assert.Equal("METHODS: We did.\nRESULTS: It was.", question.Context);
        Assert.DoesNotContain("SECRET", string.Concat(ExamPrompt.For(question, think: false).Select(message => message.Text)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MMLU_counts_the_medical_subjects_only()
    {
        var set = await ReadAsync(
            "mmlu-medical",
            """{"question":"Q1","subject":"anatomy","choices":["a","b","c","d"],"answer":2}""",
            """{"question":"Q2","subject":"astronomy","choices":["a","b","c","d"],"answer":0}""",
            """{"question":"Q3","subject":"professional_medicine","choices":["a","b","c","d"],"answer":"D"}""");

        Assert.Equal([("anatomy", 'C'), ("professional_medicine", 'D')], set.Questions.Select(question => (question.Subject, question.Gold)));
        Assert.Equal([new("of a subject that is not medical", 1)], set.LeftOut);
    }

    [Fact]
    public async Task AfriMedQA_leaves_out_what_has_not_one_right_option()
    {
        var set = await ReadAsync(
            "afrimed-qa",
            AfriMedQa,
            AfriMedQa.Replace("AFMQ-1", "AFMQ-2", StringComparison.Ordinal).Replace("\"option3\",\"spec", "\"option1,option3\",\"spec", StringComparison.Ordinal),
            """{"sample_id":"AFMQ-3","question_type":"saq","question":"Why?","answer_options":"","correct_answer":""}""");

        var question = Assert.Single(set.Questions);
        Assert.Equal(("AFMQ-1", "Paediatrics", 'C'), (question.Id, question.Subject, question.Gold));
        Assert.Equal(["not a multiple-choice question", "with several right options"], set.LeftOut.Select(reason => reason.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("question,answer\n1,2")]
    [InlineData("[1,2]")]
    public async Task A_file_that_is_no_exam_is_refused(string content) =>
        await Assert.ThrowsAsync<EvaluationRefusedException>(() => ReadAsync("medqa", content));

    [Fact]
    public async Task An_id_used_twice_is_refused() =>
        Assert.Contains("used twice", (await Assert.ThrowsAsync<EvaluationRefusedException>(() => ReadAsync("afrimed-qa", AfriMedQa, AfriMedQa))).Message, StringComparison.Ordinal);

    private static string MedMcqa(int place) =>
        $$"""{"id":"id{{place}}{{Guid.NewGuid()}}","question":"Q","opa":"a","opb":"b","opc":"c","opd":"d","cop":{{place}},"choice_type":"single","exp":"why","subject_name":"Anatomy","topic_name":null}""";

    private async Task<ExamSet> ReadAsync(string exam, params string[] rows)
    {
        var path = Path.Combine(_folder.Path, "exam.jsonl");
        await File.WriteAllTextAsync(path, string.Join('\n', rows), TestContext.Current.CancellationToken);
        return await ExamFile.ReadAsync(exam, path, TestContext.Current.CancellationToken);
    }
}
