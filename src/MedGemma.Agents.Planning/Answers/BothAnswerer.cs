using System.Text.Json;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Answers;

/// <summary>Asks both planners and says whether they agree, for comparing them. The answer is the built-in one's where it has one. Safe for concurrent use.</summary>
/// <param name="builtin">Answers without a model.</param>
/// <param name="model">Answers with one.</param>
public sealed class BothAnswerer(IQuestionAnswerer builtin, IQuestionAnswerer model) : IQuestionAnswerer
{
    /// <inheritdoc/>
    public async Task<Answer> AnswerAsync(PatientRecord record, ChartQuestion question, IAnswerObserver? observer, CancellationToken cancellationToken)
    {
        var held = new HeldObserver();
        var first = await builtin.AnswerAsync(record, question, held, cancellationToken).ConfigureAwait(false);
        var isBuiltin = first.Status != AnswerStatus.Unsure;

        // Whose answer it can be is known before the model is asked, so that its steps are shown as they happen.
        if (isBuiltin)
            await held.ReleaseAsync(observer, cancellationToken).ConfigureAwait(false);
        var second = await model.AnswerAsync(record, question, isBuiltin && observer is not null ? new WorkObserver(observer) : observer, cancellationToken).ConfigureAwait(false);
        var (taken, other) = isBuiltin || second.Status == AnswerStatus.Unsure ? (first, second) : (second, first);
        return taken with { Text = $"{taken.Text} {Comparison(taken, other)}", Other = other, Model = second.Model };
    }

    private static string Comparison(Answer taken, Answer other) =>
        other.Status == AnswerStatus.Unsure ? $"The {other.Planner} planner is unsure."
        : IsSame(taken, other) ? $"The {other.Planner} planner gives the same."
        : $"The {other.Planner} planner gives another answer.";

    private static bool IsSame(Answer one, Answer other) =>
        one.Status == other.Status && one.Unit == other.Unit && one.Values.Count == other.Values.Count
        && one.Values.All(value => other.Values.Any(theirs => JsonElement.DeepEquals(value, theirs)))
        && other.Values.All(value => one.Values.Any(theirs => JsonElement.DeepEquals(value, theirs)));
}
