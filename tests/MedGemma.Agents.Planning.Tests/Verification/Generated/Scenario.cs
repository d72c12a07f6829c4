using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Tests.Verification.Generated;

/// <summary>A chart, a result, and a true sentence about it with the places where it can be corrupted.</summary>
internal sealed record Scenario(Chart Chart, QueryResult Result, string Template, IReadOnlyDictionary<string, string> Slots, IReadOnlyList<Corruption> Corruptions)
{
    /// <summary>The true sentence.</summary>
    public string Sentence => Render(Slots);

    /// <summary>The sentence with one slot said wrongly.</summary>
    public string Corrupted(Corruption corruption) => corruption.Slot is null
        ? corruption.Value
        : Render(new Dictionary<string, string>(Slots) { [corruption.Slot] = corruption.Value });

    private string Render(IReadOnlyDictionary<string, string> slots) =>
        slots.Aggregate(Template, (text, slot) => text.Replace("{" + slot.Key + "}", slot.Value, StringComparison.Ordinal));
}
