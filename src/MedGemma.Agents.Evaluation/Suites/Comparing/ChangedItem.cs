namespace MedGemma.Agents.Evaluation.Suites.Comparing;

/// <summary>An item that two runs answer with a different outcome.</summary>
/// <param name="First">The first run's result.</param>
/// <param name="Second">The second run's result.</param>
public sealed record ChangedItem(ItemResult First, ItemResult Second);
