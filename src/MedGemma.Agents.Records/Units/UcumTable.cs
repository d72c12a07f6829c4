using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace MedGemma.Agents.Records.Units;

/// <summary>UCUM atoms and prefixes from the embedded file <c>Units/Data/ucum.json</c>.</summary>
internal sealed class UcumTable
{
    private readonly FrozenDictionary<string, Atom> _atoms;
    private readonly FrozenDictionary<string, int> _prefixes;

    private UcumTable(FrozenDictionary<string, Atom> atoms, FrozenDictionary<string, int> prefixes, FrozenDictionary<string, UcumUnit> temperatures)
    {
        _atoms = atoms;
        _prefixes = prefixes;
        Temperatures = temperatures;
    }

    /// <summary>The temperature scales, which are units of their own only when they stand alone.</summary>
    public FrozenDictionary<string, UcumUnit> Temperatures { get; }

    public static UcumTable Load()
    {
        var file = UnitData.Read<UcumFile>("ucum.json");
        var kelvin = UnitDimension.Of("K");
        return new UcumTable(
            file.Atoms.ToFrozenDictionary(
                atom => atom.Code,
                atom => new Atom(
                    Rational.Parse(atom.Value) / Rational.Parse(atom.Over ?? "1") * Rational.TenTo(atom.Ten),
                    UnitDimension.Of(atom.Dimension),
                    atom.Metric),
                StringComparer.Ordinal),
            file.Prefixes.ToFrozenDictionary(StringComparer.Ordinal),
            file.Temperatures.ToFrozenDictionary(
                scale => scale.Code,
                scale => new UcumUnit(Rational.Parse(scale.Degree) / Rational.Parse(scale.Over ?? "1"), Rational.Parse(scale.Zero) / Rational.Parse(scale.ZeroOver ?? "1"), kelvin, false),
                StringComparer.Ordinal));
    }

    public bool TryFind(string name, out Rational factor, [NotNullWhen(true)] out UnitDimension? dimension)
    {
        factor = default;
        dimension = null;
        if (_atoms.TryGetValue(name, out var atom))
        {
            factor = atom.Factor;
            dimension = atom.Dimension;
            return true;
        }

        // "da" is the only prefix of two letters.
        for (var length = 1; length <= 2 && length < name.Length; length++)
        {
            if (_prefixes.TryGetValue(name[..length], out var ten) && _atoms.TryGetValue(name[length..], out atom) && atom.IsMetric)
            {
                factor = atom.Factor * Rational.TenTo(ten);
                dimension = atom.Dimension;
                return true;
            }
        }

        return false;
    }

    private sealed record Atom(Rational Factor, UnitDimension Dimension, bool IsMetric);
}
