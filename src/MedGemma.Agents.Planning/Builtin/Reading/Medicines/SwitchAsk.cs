namespace MedGemma.Agents.Planning.Builtin.Reading.Medicines;

/// <summary>A question about one drug taking the place of another.</summary>
/// <param name="From">The drug that was given up, or null when it is asked for.</param>
/// <param name="To">The drug that came instead, or null when it is asked for.</param>
/// <param name="Among">The class that the one asked for is of, or null.</param>
/// <param name="AsksWhen">True when the time is asked for.</param>
internal sealed record SwitchAsk(DrugMention? From, DrugMention? To, DrugMention? Among, bool AsksWhen);
