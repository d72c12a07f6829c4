using System.Diagnostics.CodeAnalysis;

namespace MedGemma.Agents.Inference.Models.Gguf;

/// <summary>
/// The metadata of a GGUF file. Accessors are strict about types where the engine is: a value of another type counts as damage, never as absent. Safe for
/// concurrent use.
/// </summary>
public sealed class GgufMetadata
{
    private readonly Dictionary<string, GgufValue> _values;

    internal GgufMetadata(Dictionary<string, GgufValue> values) => _values = values;

    /// <summary>The keys in their order in the file.</summary>
    public IReadOnlyCollection<string> Keys => _values.Keys;

    /// <summary>The value of a key, or false.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    public bool TryGet(string key, [NotNullWhen(true)] out GgufValue? value) => _values.TryGetValue(key, out value);

    /// <summary>A text, or null when the key is absent.</summary>
    internal string? Text(string key) => Optional<GgufValue.Text>(key, "a text")?.Value;

    /// <summary>A number of type u32, or null when the key is absent.</summary>
    internal uint? Number(string key)
    {
        if (!_values.TryGetValue(key, out var value))
            return null;
        return value is GgufValue.Natural { Type: GgufValueType.UInt32 } number ? (uint)number.Value : throw Wrong(key, "a whole number of type u32");
    }

    /// <summary>A number of type f32, or null when the key is absent.</summary>
    internal float? Real(string key)
    {
        if (!_values.TryGetValue(key, out var value))
            return null;
        return value is GgufValue.Real { Type: GgufValueType.Float32 } number ? (float)number.Value : throw Wrong(key, "a number of type f32");
    }

    /// <summary>A truth value, or null when the key is absent.</summary>
    internal bool? Truth(string key) => Optional<GgufValue.Truth>(key, "a truth value")?.Value;

    /// <summary>Numbers of a type, or null when the key is absent.</summary>
    internal GgufValue.Numbers? Numbers(string key, GgufValueType element) =>
        Optional<GgufValue.Numbers>(key, "an array") is not { } numbers ? null : numbers.Element == element ? numbers : throw Wrong(key, $"an array of {element}");

    /// <summary>Texts, or null when the key is absent.</summary>
    internal GgufValue.Texts? Texts(string key) => Optional<GgufValue.Texts>(key, "an array of texts");

    /// <summary>A number that must be there and lie between bounds.</summary>
    internal int Size(string key, int least, int most)
    {
        var number = Number(key) ?? throw new GgufException(ModelRefusalKind.Damaged, $"{key} is missing");
        return number >= least && number <= most ? (int)number : throw new GgufException(ModelRefusalKind.Damaged, $"{key} is {number}; it can be {least} to {most}");
    }

    private T? Optional<T>(string key, string what)
        where T : GgufValue =>
        !_values.TryGetValue(key, out var value) ? null : value as T ?? throw Wrong(key, what);

    private static GgufException Wrong(string key, string what) => new(ModelRefusalKind.Damaged, $"{key} is not {what}");
}
