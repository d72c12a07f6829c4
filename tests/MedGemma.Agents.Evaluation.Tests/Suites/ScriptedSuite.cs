using System.Collections.Concurrent;
using MedGemma.Agents.Evaluation.Suites;

namespace MedGemma.Agents.Evaluation.Tests.Suites;

/// <summary>Items that are answered with what the test says; remembers which were put.</summary>
internal sealed class ScriptedSuite(int items, Func<SuiteItem, CancellationToken, Task<ItemAnswer>> script) : ISuite
{
    public IReadOnlyList<SuiteItem> Items { get; } = [.. Enumerable.Range(0, items).Select(number => Runs.Item($"{number}"))];

    public ConcurrentQueue<string> Put { get; } = new();

    public Func<SuiteItem, CancellationToken, Task<ItemAnswer>> Begin(IReadOnlyList<SuiteItem> items, CancellationToken cancellationToken) => (item, token) =>
    {
        Put.Enqueue(item.Id);
        return script(item, token);
    };

    public static Task<ItemAnswer> Right(SuiteItem item) => Task.FromResult(new ItemAnswer(ItemOutcome.Right, item.Id, null, null, TimeSpan.Zero));
}
