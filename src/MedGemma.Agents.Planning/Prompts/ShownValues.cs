using System.Text.Json;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Prompts;

/// <summary>Values of a result as whoever plans may have them: with how long free text is in its place, wherever it stands.</summary>
public static class ShownValues
{
    /// <summary>The values in their order.</summary>
    /// <param name="values">Values of a result.</param>
    /// <param name="record">The record that they are of.</param>
    public static IReadOnlyList<ResultValue> Of(IReadOnlyList<ResultValue> values, PatientRecord record)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(record);
        var free = new FreeText(record);
        return [.. values.Select(value => Of(value, free))];
    }

    private static ResultValue Of(ResultValue value, FreeText free) => value with
    {
        Value = free.IsValueOf(value) ? Hidden(value.Value.GetString()!) : value.Value,
        Label = free.IsWith(value.Label, value) ? FreeText.Placeholder(value.Label!) : value.Label,
        Qualifiers = [.. value.Qualifiers.Select(qualifier => free.IsWith(qualifier, value) ? FreeText.Placeholder(qualifier) : qualifier)],
        Evidence = [.. value.Evidence.Select(evidence => Of(evidence, value, free))],
        Derivation = value.Derivation is { } derivation ? derivation with { Inputs = [.. derivation.Inputs.Select(input => Of(input, value, free))] } : null,
    };

    private static Evidence Of(Evidence evidence, ResultValue value, FreeText free) =>
        evidence.Value.ValueKind == JsonValueKind.String && free.IsWith(evidence.Value.GetString(), value) ? evidence with { Value = Hidden(evidence.Value.GetString()!) } : evidence;

    private static JsonElement Hidden(string text) => JsonSerializer.SerializeToElement(FreeText.Placeholder(text));
}
