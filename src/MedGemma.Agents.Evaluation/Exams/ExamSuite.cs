using System.Globalization;
using MedGemma.Agents.Evaluation.Suites;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Evaluation.Exams;

/// <summary>A multiple-choice exam, put to a model greedily.</summary>
internal sealed class ExamSuite : ISuite
{
    private readonly Dictionary<string, ExamQuestion> _questions;
    private readonly IChatClient _model;
    private readonly ExamOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Makes a suite of an exam's questions.</summary>
    /// <param name="questions">The questions.</param>
    /// <param name="model">The model.</param>
    /// <param name="options">How it sits the exam.</param>
    /// <param name="time">Measures latency.</param>
    public ExamSuite(IReadOnlyList<ExamQuestion> questions, IChatClient model, ExamOptions options, TimeProvider time)
    {
        _questions = questions.ToDictionary(question => question.Id, StringComparer.Ordinal);
        _model = model;
        _options = options;
        _time = time;
        Items = [.. questions.Select(ItemOf)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<SuiteItem> Items { get; }

    /// <inheritdoc/>
    public Func<SuiteItem, CancellationToken, Task<ItemAnswer>> Begin(IReadOnlyList<SuiteItem> items, CancellationToken cancellationToken) =>
        (item, itemCancelled) => PutAsync(_questions[item.Id], itemCancelled);

    private static SuiteItem ItemOf(ExamQuestion question) => new(
        question.Id, null, question.Subject, string.Create(CultureInfo.InvariantCulture, $"{question.Options.Count} options"), question.Stem, question.Gold.ToString(), [$"always {question.Gold}"]);

    private async Task<ItemAnswer> PutAsync(ExamQuestion question, CancellationToken cancellationToken)
    {
        var options = new ChatOptions { Temperature = 0, Seed = 0, MaxOutputTokens = _options.MaxOutputTokens };
        var begun = _time.GetTimestamp();
        var response = await _model.GetResponseAsync(ExamPrompt.For(question, _options.Think), options, cancellationToken).ConfigureAwait(false);
        var elapsed = _time.GetElapsedTime(begun);
        return ExamAnswerReader.Read(response.Text, question, response.FinishReason == ChatFinishReason.Length) switch
        {
            ExamReading.Chosen chosen => new ItemAnswer(chosen.Letter == question.Gold ? ItemOutcome.Right : ItemOutcome.Wrong, chosen.Letter.ToString(), null, null, elapsed),
            ExamReading.Unreadable unreadable => new ItemAnswer(ItemOutcome.Unreadable, "-", unreadable.Problem, null, elapsed),
            _ => throw new InvalidOperationException("A reading is an option or unreadable."),
        };
    }
}
