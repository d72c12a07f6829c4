namespace MedGemma.Agents.Evaluation.Suites;

/// <summary>Items with a gold answer, and a way of putting each. Safe for concurrent use.</summary>
public interface ISuite
{
    /// <summary>Every item in the order of the suite.</summary>
    IReadOnlyList<SuiteItem> Items { get; }

    /// <summary>Prepares to put items; what they share (records) is kept from the first to the last item that needs it.</summary>
    /// <param name="items">The items that will be put, each once.</param>
    /// <param name="cancellationToken">Cancels what the items share.</param>
    /// <returns>Puts one item; may be called for several at once.</returns>
    Func<SuiteItem, CancellationToken, Task<ItemAnswer>> Begin(IReadOnlyList<SuiteItem> items, CancellationToken cancellationToken);
}
