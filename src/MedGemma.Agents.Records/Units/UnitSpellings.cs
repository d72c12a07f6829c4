using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text;

namespace MedGemma.Agents.Records.Units;

/// <summary>Reads units as people spell them. Safe for concurrent use.</summary>
internal sealed class UnitSpellings
{
    private const int MostRemembered = 4096;

    private readonly UcumParser _parser;
    private readonly FrozenDictionary<string, string> _whole;
    private readonly FrozenDictionary<string, string> _wholeAnyCase;
    private readonly FrozenDictionary<string, string> _parts;
    private readonly ConcurrentDictionary<string, UcumUnit?> _read = new(StringComparer.Ordinal);

    public UnitSpellings(UcumParser parser)
    {
        var file = UnitData.Read<SpellingFile>("spellings.json");
        _parser = parser;
        _whole = file.Whole.ToFrozenDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        // A spelling that differs from another only by case (M/uL, m/uL) must be the same unit to be read in any case.
        _wholeAnyCase = file.Whole
            .GroupBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Select(pair => pair.Value).Distinct().Count() == 1)
            .ToFrozenDictionary(group => group.Key, group => group.First().Value, StringComparer.OrdinalIgnoreCase);
        _parts = file.Parts.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Reads a unit: a known spelling of the whole, else UCUM with each factor respelled, else UCUM as written.</summary>
    /// <returns>Null when it is not understood.</returns>
    public UcumUnit? Read(string unit)
    {
        if (_read.TryGetValue(unit, out var known))
            return known;

        var result = ReadAfresh(unit.Trim());
        if (_read.Count < MostRemembered)
            _read.TryAdd(unit, result);

        return result;
    }

    private UcumUnit? ReadAfresh(string unit)
    {
        if (_whole.TryGetValue(unit, out var code))
            return _parser.Parse(code);

        var respelled = Respell(unit);
        if (_whole.TryGetValue(respelled, out code))
            return _parser.Parse(code);

        // "ML" on a chart is a millilitre although UCUM reads a megalitre: the curated spelling goes first.
        return _parser.Parse(respelled)
            ?? _parser.Parse(unit)
            ?? (_wholeAnyCase.TryGetValue(unit, out code) ? _parser.Parse(code) : null);
    }

    private string Respell(string unit)
    {
        var result = new StringBuilder(unit.Length);
        var start = 0;
        for (var position = 0; position <= unit.Length; position++)
        {
            if (position < unit.Length && unit[position] is not ('/' or '*'))
                continue;

            var part = unit[start..position].Trim();
            result.Append(_parts.GetValueOrDefault(part, part));
            if (position < unit.Length)
                result.Append(unit[position]);
            start = position + 1;
        }

        return result.ToString();
    }
}
