using System.Collections.Frozen;
using System.Text.Json;
using MedGemma.Agents.Planning.Verification.Language;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Verification.Reading;

/// <summary>One value of a result with everything that a sentence may truly say of it.</summary>
internal sealed class Fact
{
    /// <summary>The value; null for the empty result, of which only its query can be said.</summary>
    public required ResultValue? Value { get; init; }

    /// <summary>Names and labels, word for word.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Words of its names, for a computed value only those that all its inputs share.</summary>
    public required FrozenSet<string> Words { get; init; }

    /// <summary>Words of its value, where that is a text: those by which it is told from others of the same label.</summary>
    public IReadOnlySet<string> OwnWords => Value?.Value is { ValueKind: JsonValueKind.String } text ? NameWords.Of(text.GetString()!).ToHashSet(StringComparer.Ordinal) : FrozenSet<string>.Empty;

    /// <summary>Numbers in its names.</summary>
    public required IReadOnlyList<NameNumber> NameNumbers { get; init; }

    /// <summary>Numbers in a value that is a text, with their units.</summary>
    public required IReadOnlyList<(decimal Value, string? Unit)> ValueNumbers { get; init; }

    /// <summary>Its own times: clinical time and, where it is a date, the value.</summary>
    public required IReadOnlyList<DateMention> Times { get; init; }

    /// <summary>Ends of its resources' periods.</summary>
    public required IReadOnlyList<DateMention> Ends { get; init; }

    /// <summary>Clinical times of what it was computed from, ascending.</summary>
    public required IReadOnlyList<DateMention> InputTimes { get; init; }

    /// <summary>Statuses of its resources, canonical.</summary>
    public required FrozenSet<string> Statuses { get; init; }

    /// <summary>Its resources, as they stand in the record.</summary>
    public required IReadOnlyList<RecordResource> Resources { get; init; }

    /// <summary>Evidence and inputs of the derivation.</summary>
    public IEnumerable<Evidence> Proof => Value is null ? [] : Value.Derivation is null ? Value.Evidence : Value.Evidence.Concat(Value.Derivation.Inputs);

    /// <summary>The number that it is, or null.</summary>
    public decimal? Number => Value?.Value switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetDecimal(out var parsed) => parsed,
        { ValueKind: JsonValueKind.String } text when NumberReader.ReadDigits(text.GetString()!, 0, out var parsed, out _) == text.GetString()!.Length => parsed,
        _ => null,
    };

    /// <summary>The date that it is, or null.</summary>
    public DateMention? Date => Value?.Value is { ValueKind: JsonValueKind.String } text ? DateReader.ReadWhole(text.GetString()) : null;

    /// <summary>True or false when it is a boolean.</summary>
    public bool? Boolean => Value?.Value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };
}
