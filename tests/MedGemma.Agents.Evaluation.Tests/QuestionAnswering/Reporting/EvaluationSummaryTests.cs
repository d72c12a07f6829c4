using CsCheck;
using MedGemma.Agents.Evaluation.QuestionAnswering.Auditing;
using MedGemma.Agents.Evaluation.QuestionAnswering.Predictions;
using MedGemma.Agents.Evaluation.QuestionAnswering.Questions;
using MedGemma.Agents.Evaluation.QuestionAnswering.Reporting;
using MedGemma.Agents.Evaluation.QuestionAnswering.Running;
using MedGemma.Agents.Evaluation.QuestionAnswering.Scoring;

namespace MedGemma.Agents.Evaluation.Tests.QuestionAnswering.Reporting;

public sealed class EvaluationSummaryTests
{
    private static readonly AnswerScorer Scorer = new(ScoringConventions.Default);

    private static readonly Gen<EvaluationQuestion[]> Questions =
        Gen.Select(Gen.OneOf("[]", "[true]", "[false]", "[1]", "[\"a\",\"b\"]"), Gen.OneOf("drug-name", "x", "y"), Gen.OneOf("p1", "p2", "p3"))
            .Array[1, 40]
            .Select(rows => rows.Select((row, i) => Lines.Question(row.Item1, row.Item2, id: $"q{i}", patient: row.Item3)).ToArray());

    [Fact]
    public void Floors_never_beat_a_perfect_run() => Questions.Sample(questions =>
    {
        var summary = Summarise(questions, Perfect);

        Assert.Equal((1, 1, 0, 0), (summary.Accuracy!.Estimate, summary.FamilyMean!.Estimate, summary.WrongThoughSure!.Estimate, summary.Abstentions!.Estimate));
        Assert.All(summary.Floors, floor => Assert.InRange(floor.Accuracy.Estimate, 0, 1));
        Assert.All(summary.Floors, floor => Assert.Equal(summary.Scored.Count, floor.Accuracy.Questions));
    });

    [Fact]
    public void The_order_of_the_questions_changes_no_figure() => Gen.Select(Questions, Gen.Int[0, 1000]).Sample((questions, seed) =>
    {
        var before = Summarise(questions, Half);
        new Random(seed).Shuffle(questions);
        var after = Summarise(questions, Half);

        Assert.Equal((before.Accuracy, before.FamilyMean, before.WrongThoughSure, before.Abstentions), (after.Accuracy, after.FamilyMean, after.WrongThoughSure, after.Abstentions));
        Assert.Equal(before.Families, after.Families);
        Assert.Equal(before.Floors, after.Floors);
    });

    [Fact]
    public void Floors_are_scored_as_the_run_is()
    {
        var summary = Summarise([Lines.Question("[]", id: "1"), Lines.Question("[true]", id: "2"), Lines.Question("[false]", id: "3"), Lines.Question("[true]", id: "4")], Perfect);

        Assert.Equal(
            [("always empty", 0.25), ("always true", 0.5), ("always false", 0.25)],
            summary.Floors.Select(floor => (floor.Name, floor.Accuracy.Estimate)));
    }

    [Fact]
    public void Wrong_though_sure_and_abstentions_are_kept_apart()
    {
        var summary = EvaluationSummary.Of(
            [
                Run(Lines.Question("[1]", "a", id: "1"), Lines.Answered("[2]", "1")),
                Run(Lines.Question("[1]", "a", id: "2"), Lines.NoneRecorded("2")),
                Run(Lines.Question("[1]", "a", id: "3"), Lines.Unsure("3")),
                Run(Lines.Question("[1]", "b", id: "4"), Lines.Answered("[1]", "4")),
                Run(Lines.Question("[1]", id: "5"), Lines.Answered("[1]", "5")),
                Run(Lines.Question("null", id: "6"), Lines.Answered("[1]", "6")),
            ],
            [],
            Scorer);

        Assert.Equal((6, 5), (summary.Asked, summary.Scored.Count));
        Assert.Equal((0.4, 0.4, 0.2), (summary.Accuracy!.Estimate, summary.WrongThoughSure!.Estimate, summary.Abstentions!.Estimate));
        Assert.Equal(2 / 3.0, summary.FamilyMean!.Estimate, 12);
        Assert.Equal(
            [(ScoredQuestion.NoTemplate, 1, 0, 0), ("a", 0, 1, 2), ("b", 1, 0, 0)],
            summary.Families.Select(family => (family.Family, family.Right, family.Abstentions, family.WrongThoughSure)));
    }

    [Fact]
    public void Evidence_is_compared_where_the_gold_gives_it()
    {
        var gold = Lines.Read("""{"id":"1","patient":"p","question":"?","answer":[1],"evidence":["Observation/a","Observation/b"]}""");
        var summary = EvaluationSummary.Of(
            [
                Run(gold, Lines.Answered("[1]") with { Evidence = ["Observation/a", "Observation/c", "Observation/d"] }),
                Run(Lines.Question("[1]", id: "2"), Lines.Answered("[1]") with { Evidence = ["Observation/z"] }),
            ],
            [],
            Scorer);

        Assert.Equal((1, 1 / 3.0, 1 / 2.0), (summary.Evidence!.Questions, summary.Evidence.Precision, summary.Evidence.Recall));
    }

    [Fact]
    public void Latency_leaves_out_questions_that_were_not_put()
    {
        var runs = Enumerable.Range(1, 100).Select(i => Run(Lines.Question("[1]", id: $"{i}"), Lines.Answered("[1]") with { LatencyMs = i }));
        var notPut = new QuestionRun(Lines.Question("[1]", id: "x"), Prediction.Unanswerable("x", "no record"), "no record", null);

        var summary = EvaluationSummary.Of([notPut, .. runs], [], Scorer);

        Assert.Equal((50, 95), (summary.Latency!.P50, summary.Latency.P95));
        Assert.Equal([KeyValuePair.Create("no record", 1)], summary.RecordProblems);
    }

    [Fact]
    public void Without_gold_answers_nothing_is_claimed()
    {
        var summary = Summarise([Lines.Question("null")], _ => Lines.Unsure());

        Assert.Null(summary.Accuracy);
        Assert.Null(summary.FamilyMean);
        Assert.Empty(summary.Floors);
        Assert.Null(summary.Evidence);
    }

    [Fact]
    public void Audits_are_summed_over_all_answers()
    {
        var mismatch = new AuditMismatch("Observation/a Observation.status", "the path evaluates to nothing");
        var summary = EvaluationSummary.Of(
            [
                Run(Lines.Question("[1]", id: "1"), Lines.Answered("[1]")) with { Audit = new AuditResult(3, []) },
                Run(Lines.Question("[1]", id: "2"), Lines.Answered("[1]")) with { Audit = new AuditResult(2, [mismatch]) },
            ],
            [],
            Scorer);

        Assert.Equal(5, summary.Audit!.Checked);
        Assert.Equal([mismatch], summary.Audit.Mismatches);
    }

    private static EvaluationSummary Summarise(IEnumerable<EvaluationQuestion> questions, Func<EvaluationQuestion, Prediction> predict) =>
        EvaluationSummary.Of([.. questions.Select(question => Run(question, predict(question)))], [], Scorer);

    private static QuestionRun Run(EvaluationQuestion question, Prediction prediction) => new(question, prediction, null, null);

    private static Prediction Perfect(EvaluationQuestion question) =>
        Lines.Answered($"[{string.Join(',', question.Gold!.Values!.Select(value => value.ToString() is "a" or "b" ? $"\"{value}\"" : $"{value}"))}]", question.Id);

    private static Prediction Half(EvaluationQuestion question) =>
        (question.Id[^1] % 3) switch { 0 => Perfect(question), 1 => Lines.Unsure(question.Id), _ => Lines.Answered("[99]", question.Id) };
}
