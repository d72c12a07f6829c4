using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Evaluation.Suites.Faults;

/// <summary>
/// Gives of every type but Patient only the first half, by id, as when the pages after the first are not followed; the receipt states the total and that the type is
/// not complete.
/// </summary>
internal sealed class MissingPagesSource(IRecordSource inner) : FaultySource(inner)
{
    /// <inheritdoc/>
    protected override RawRecord Break(RawRecord record)
    {
        var kept = record.Resources.GroupBy(resource => resource.Key.Type, StringComparer.Ordinal)
            .SelectMany(type => type.Key == "Patient" ? type : type.OrderBy(resource => resource.Key.Id, StringComparer.Ordinal).Take((type.Count() + 1) / 2))
            .ToList();
        var types = record.Resources.CountBy(resource => resource.Key.Type, StringComparer.Ordinal).ToDictionary(
            type => type.Key,
            type => new TypeReceipt(type.Key, kept.Count(resource => resource.Key.Type == type.Key), type.Value, 1, Complete: type.Key == "Patient", null),
            StringComparer.Ordinal);
        return record with { Resources = kept, Receipt = record.Receipt with { Types = types, AllComplete = false } };
    }
}
