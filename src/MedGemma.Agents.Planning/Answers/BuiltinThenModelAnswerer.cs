using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Answers;

/// <summary>
/// The built-in planner where it understands the question, otherwise the model. What the built-in one understood and the record leaves open stays open: a model does
/// not make it certain. Safe for concurrent use.
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
        if (first.Reason is not (UnsureReason.NotUnderstood or UnsureReason.Withheld))
        {
            await held.ReleaseAsync(observer, cancellationToken).ConfigureAwait(false);
            return first;
        }

        var second = await model.AnswerAsync(record, question, observer, cancellationToken).ConfigureAwait(false);
        if (second.Status != AnswerStatus.Unsure || second.Reason is UnsureReason.IncompleteRecord)
            return second;

        // Neither has an answer: what would make the question understood is more use than the model's trouble, which is said too.
        return second with { Text = $"{first.Text} {second.Text}", Other = first };
    }
}
