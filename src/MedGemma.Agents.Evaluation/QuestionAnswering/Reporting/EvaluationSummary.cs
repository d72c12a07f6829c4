using MedGemma.Agents.Evaluation.QuestionAnswering.Auditing;
using MedGemma.Agents.Evaluation.QuestionAnswering.Questions;
using MedGemma.Agents.Evaluation.QuestionAnswering.Running;
using MedGemma.Agents.Evaluation.QuestionAnswering.Scoring;
using MedGemma.Agents.Evaluation.QuestionAnswering.Statistics;
using MedGemma.Agents.Evaluation.Statistics;

namespace MedGemma.Agents.Evaluation.QuestionAnswering.Reporting;

/// <summary>Every figure of a run.</summary>
/// <param name="Asked">Questions put.</param>
/// <param name="Patients">Patients they are about.</param>
/// <param name="Malformed">Question lines left out.</param>
/// <param name="RecordProblems">Why records could not be had, with the number of questions that could not be put.</param>
/// <param name="Scored">The questions whose gold answer is known, in the order put.</param>
/// <param name="Accuracy">Strict accuracy; null when nothing is scored.</param>
/// <param name="FamilyMean">Mean of the families' accuracies.</param>
/// <param name="Abstentions">Share left open.</param>
/// <param name="WrongThoughSure">Share stated wrongly.</param>
/// <param name="Families">By family, in the order of their names.</param>
/// <param name="Floors">What answering without reading reaches.</param>
/// <param name="Evidence">Evidence against gold evidence; null when no question gives any.</param>
/// <param name="Latency">Time from question to answer; null when nothing was answered.</param>
/// <param name="Audit">What the audit of the evidence found, over all answers; null when none was asked for.</param>
internal sealed record EvaluationSummary(
    int Asked,
    int Patients,
    IReadOnlyList<MalformedLine> Malformed,
    IReadOnlyList<KeyValuePair<string, int>> RecordProblems,
    IReadOnlyList<ScoredQuestion> Scored,
    Proportion? Accuracy,
    Proportion? FamilyMean,
    Proportion? Abstentions,
    Proportion? WrongThoughSure,
    IReadOnlyList<FamilySummary> Families,
    IReadOnlyList<FloorSummary> Floors,
    EvidenceOverlap? Evidence,
    Latencies? Latency,
    AuditResult? Audit)
{
    /// <summary>Computes the figures.</summary>
    /// <param name="runs">Every question put.</param>
    /// <param name="malformed">Question lines left out.</param>
    /// <param name="scorer">Decides what is right, for the run and for the floors alike.</param>
    public static EvaluationSummary Of(IReadOnlyList<QuestionRun> runs, IReadOnlyList<MalformedLine> malformed, AnswerScorer scorer)
    {
        var scored = runs
            .Select(run => (run, right: scorer.IsRight(run.Question, run.Prediction)))
            .Where(pair => pair.right is not null)
            .Select(pair => new ScoredQuestion(pair.run.Question, pair.run.Prediction, pair.right!.Value))
            .ToList();
        return new EvaluationSummary(
            runs.Count,
            runs.Select(run => run.Question.Patient).Distinct(StringComparer.Ordinal).Count(),
            malformed,
            [.. runs.Where(run => run.RecordProblem is not null).CountBy(run => run.RecordProblem!, StringComparer.Ordinal)],
            scored,
            Share(scored, question => question.IsRight),
            ClusteredProportion.MeanOfGroups(scored.Select(question => (question.Question.Patient, question.Family, question.IsRight))),
            Share(scored, question => question.IsAbstention),
            Share(scored, question => question.IsWrongThoughSure),
            [.. scored.GroupBy(question => question.Family, StringComparer.Ordinal).OrderBy(family => family.Key, StringComparer.Ordinal).Select(Family)],
            FloorsOf(scored, scorer),
            EvidenceOverlap.Of(scored),
            Latencies.Of(runs.Where(run => run.RecordProblem is null).Select(run => run.Prediction.LatencyMs)),
            AuditResult.Sum(runs.Select(run => run.Audit)));
    }

    private static Proportion? Share(IEnumerable<ScoredQuestion> questions, Func<ScoredQuestion, bool> hit) =>
        ClusteredProportion.Of(questions.Select(question => (question.Question.Patient, hit(question))));

    private static FamilySummary Family(IGrouping<string, ScoredQuestion> family) => new(
        family.Key,
        family.Count(question => question.IsRight),
        Share(family, question => question.IsRight)!,
        family.Count(question => question.IsAbstention),
        family.Count(question => question.IsWrongThoughSure));

    private static List<FloorSummary> FloorsOf(List<ScoredQuestion> scored, AnswerScorer scorer) =>
        scored.Count == 0
            ? []
            : [.. Floor.All.Select(floor => new FloorSummary(
                floor.Name,
                ClusteredProportion.Of(scored.Select(question =>
                    (question.Question.Patient, scorer.IsRight(question.Question, floor.Predict(question.Question.Id)) == true)))!))];
}
