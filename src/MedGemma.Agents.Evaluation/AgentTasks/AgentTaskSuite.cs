using System.Globalization;
using MedGemma.Agents.Evaluation.AgentTasks.Orders;
using MedGemma.Agents.Evaluation.AgentTasks.Performing;
using MedGemma.Agents.Evaluation.QuestionAnswering.Running;
using MedGemma.Agents.Evaluation.Suites;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Evaluation.AgentTasks;

/// <summary>Tasks about patients' records, performed by an agent and scored strictly.</summary>
internal sealed class AgentTaskSuite : ISuite
{
    private readonly Dictionary<string, AgentTask> _tasks;
    private readonly IRecordSource _source;
    private readonly IRecordBuilder _builder;
    private readonly ITaskAgent _agent;
    private readonly TimeProvider _time;

    /// <summary>Makes a suite of tasks.</summary>
    /// <param name="tasks">The tasks.</param>
    /// <param name="source">Where records come from.</param>
    /// <param name="builder">Makes records of what the source supplies.</param>
    /// <param name="agent">Performs them.</param>
    /// <param name="time">Measures latency.</param>
    public AgentTaskSuite(IReadOnlyList<AgentTask> tasks, IRecordSource source, IRecordBuilder builder, ITaskAgent agent, TimeProvider time)
    {
        _tasks = tasks.ToDictionary(task => task.Id, StringComparer.Ordinal);
        _source = source;
        _builder = builder;
        _agent = agent;
        _time = time;
        Items = [.. tasks.Select(task => new SuiteItem(task.Id, task.Patient, task.Category, task.Type, task.Instruction, Describe(task.Gold), TaskScorer.FloorsOf(task)))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<SuiteItem> Items { get; }

    /// <inheritdoc/>
    public Func<SuiteItem, CancellationToken, Task<ItemAnswer>> Begin(IReadOnlyList<SuiteItem> items, CancellationToken cancellationToken)
    {
        var shelf = new RecordShelf(_source, _builder, items.Select(item => _tasks[item.Id].Patient), cancellationToken);
        return async (item, itemCancelled) =>
        {
            var task = _tasks[item.Id];
            try
            {
                return await PerformAsync(task, shelf, itemCancelled).ConfigureAwait(false);
            }
            finally
            {
                shelf.Return(task.Patient);
            }
        };
    }

    private static string Describe(TaskGold gold) => gold switch
    {
        TaskGold.Value value => string.Create(CultureInfo.InvariantCulture, $"{value.Amount} {value.Unit} {value.Time}").TrimEnd(),
        TaskGold.None => "none recorded",
        TaskGold.Order order => $"order {Describe(order.Content)}",
        _ => "no order",
    };

    private static string Describe(TaskAnswer answer) => answer switch
    {
        TaskAnswer.Value value => string.Create(CultureInfo.InvariantCulture, $"{value.Amount} {value.Unit} {value.Time}").TrimEnd(),
        TaskAnswer.None => "none recorded",
        TaskAnswer.Orders { Drafts.Count: > 0 } orders => string.Join("; ", orders.Drafts.Select(draft => $"order {Describe(draft.Content)}, because: {draft.Condition}")),
        TaskAnswer.Orders or TaskAnswer.NoOrder => "no order",
        TaskAnswer.Unsure => "unsure",
        _ => "-",
    };

    private static string Describe(OrderContent content) => content switch
    {
        OrderContent.Medication drug => string.Create(CultureInfo.InvariantCulture, $"{drug.Drug.Display} {drug.Dose} {drug.Unit}"),
        OrderContent.Service service => service.Test.Display,
        _ => throw new InvalidOperationException("An order is for a drug or a service."),
    };

    private async Task<ItemAnswer> PerformAsync(AgentTask task, RecordShelf shelf, CancellationToken cancellationToken)
    {
        var loaded = await shelf.TakeAsync(task.Patient).ConfigureAwait(false);
        if (loaded.Record is not { } record)
            return ItemAnswer.Failure(loaded.Problem!);

        var begun = _time.GetTimestamp();
        var answer = await _agent.PerformAsync(record, task, cancellationToken).ConfigureAwait(false);
        var elapsed = _time.GetElapsedTime(begun);
        var problem = answer switch
        {
            TaskAnswer.Unsure unsure => unsure.Reason,
            TaskAnswer.Unreadable unreadable => unreadable.Problem,
            _ => null,
        };
        return new ItemAnswer(TaskScorer.Score(task, answer), Describe(answer), problem, EvidenceCount.Of(TaskScorer.EvidenceOf(answer), GoldEvidenceOf(task)), elapsed);
    }

    /// <summary>Where no order is right there is nothing to prove: the value that was looked at is not called for.</summary>
    private static IReadOnlyList<string> GoldEvidenceOf(AgentTask task) => task.Gold is TaskGold.NoOrder ? [] : task.Evidence;
}
