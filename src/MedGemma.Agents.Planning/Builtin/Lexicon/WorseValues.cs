using System.Collections.Frozen;
using System.Text.Json;

namespace MedGemma.Agents.Planning.Builtin.Lexicon;

/// <summary>Which way a measurement is worse: what <c>worse-values.json</c> says by the names of the vocabulary. Safe for concurrent use.</summary>
internal sealed class WorseValues
{
    private readonly FrozenSet<string> _higher;
    private readonly FrozenSet<string> _lower;

    private WorseValues(ValueFile file) => (_higher, _lower) = (file.Higher.ToFrozenSet(StringComparer.OrdinalIgnoreCase), file.Lower.ToFrozenSet(StringComparer.OrdinalIgnoreCase));

    /// <summary>The rows that ship with the planner.</summary>
    public static WorseValues Default { get; } = new(Read());

    /// <summary>Whether higher is worse (true) or lower (false); null when neither is, or the terms differ.</summary>
    /// <param name="terms">Names of the vocabulary that a measurement stands for.</param>
    public bool? IsHigherWorse(IReadOnlyCollection<string> terms) =>
        terms.Count == 0 ? null : terms.All(_higher.Contains) ? true : terms.All(_lower.Contains) ? false : null;

    private static ValueFile Read()
    {
        using var stream = typeof(WorseValues).Assembly.GetManifestResourceStream("Lexicon/worse-values.json")
            ?? throw new InvalidDataException("The resource Lexicon/worse-values.json is not in the assembly");
        return JsonSerializer.Deserialize<ValueFile>(stream, JsonSerializerOptions.Web) ?? throw new InvalidDataException("worse-values.json is empty");
    }

    private sealed record ValueFile(string Source, IReadOnlyList<string> Higher, IReadOnlyList<string> Lower);
}
