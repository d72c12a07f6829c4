using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Answers;

/// <summary>
/// The built-in planner where it understands the question, otherwise the model, which may know another name for what the first found ambiguous or not at all. What was
/// not supplied stays open: a model does not make it certain. Safe for concurrent use.
/// </summary>
/// <param name="builtin">Answers without a model.</param>
/// <param name="model">Answers with one.</param>
public sealed class BuiltinThenModelAnswerer(IQuestionAnswerer builtin, IQuestionAnswerer model) : IQuestionAnswerer
{
    /// <inheritdoc/>
    public async Task<Answer> AnswerAsync(PatientRecord record, ChartQuestion question, IAnswerObserver? observer, CancellationToken cancellationToken)
    {
        var held = new HeldObserver();
        var first = await builtin.AnswerAsync(record, question, held, cancellationToken).ConfigureAwait(false);
        if (!MayModelKnow(first))
        {
            await held.ReleaseAsync(observer, cancellationToken).ConfigureAwait(false);
            return first;
        }

        var second = await model.AnswerAsync(record, question, observer, cancellationToken).ConfigureAwait(false);
        if (second.Status != AnswerStatus.Unsure || second.Claims.Count > 0)
        {
            // The model took one of several meanings; which there are is for the reader to know.
            return first.Queries.Any(IsAmbiguous) ? second with { Text = $"{second.Text} {first.Text}", Other = first } : second;
        }

        // Neither has an answer: what would make the question understood is more use than the model's trouble, which is said too.
        return second with { Text = $"{first.Text} {second.Text}", Other = first };
    }

    private static bool MayModelKnow(Answer answer) => answer.Reason switch
    {
        UnsureReason.NotUnderstood or UnsureReason.Withheld => true,
        UnsureReason.OpenInRecord => answer.Queries.All(result => result.Outcome != QueryOutcome.NotSupplied) && answer.Queries.Any(MayBeAskedOtherwise),
        _ => false,
    };

    // What a formula lacks, it lacks whoever asks.
    private static bool MayBeAskedOtherwise(QueryResult result) =>
        IsAmbiguous(result) || (result.Outcome == QueryOutcome.Failed && result.Query.Aggregate is not CalculateAggregate);

    private static bool IsAmbiguous(QueryResult result) => result.Concepts.Any(concept => concept.Ambiguous);
}
