namespace MedGemma.Agents.Planning.Builtin.Reading.Medicines;

/// <summary>A question about how the dose of a drug changed from order to order.</summary>
/// <param name="Drug">The drug.</param>
/// <param name="Direction">1 for more, -1 for less, 0 for either.</param>
/// <param name="Target">The dose that it was changed to, or null.</param>
/// <param name="Form">What is asked of the change.</param>
internal sealed record DoseChangeAsk(DrugMention Drug, int Direction, decimal? Target, DoseChangeForm Form);
