namespace MedGemma.Agents.Records.Units;

/// <summary>What a unit measures, as exponents of base quantities. Moles, equivalents, international units and the like are bases of their own, so that they are never mixed up.</summary>
internal sealed class UnitDimension : IEquatable<UnitDimension>
{
    private readonly SortedDictionary<string, int> _exponents;

    private UnitDimension(SortedDictionary<string, int> exponents) => _exponents = exponents;

    public static UnitDimension None { get; } = new(new SortedDictionary<string, int>(StringComparer.Ordinal));

    public static UnitDimension Of(string text)
    {
        var exponents = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var caret = part.IndexOf('^', StringComparison.Ordinal);
            var name = caret < 0 ? part : part[..caret];
            exponents[name] = caret < 0 ? 1 : int.Parse(part.AsSpan(caret + 1), System.Globalization.CultureInfo.InvariantCulture);
        }

        return new UnitDimension(exponents);
    }

    /// <summary>The dimension of something counted or scored, which only equals itself.</summary>
    public static UnitDimension Named(string name) => new(new SortedDictionary<string, int>(StringComparer.Ordinal) { [name] = 1 });

    public UnitDimension Times(UnitDimension other, int power)
    {
        var exponents = new SortedDictionary<string, int>(_exponents, StringComparer.Ordinal);
        foreach (var (name, exponent) in other._exponents)
        {
            var sum = exponents.GetValueOrDefault(name) + (exponent * power);
            if (sum == 0)
                exponents.Remove(name);
            else
                exponents[name] = sum;
        }

        return new UnitDimension(exponents);
    }

    public int Exponent(string name) => _exponents.GetValueOrDefault(name);

    public bool Equals(UnitDimension? other) => other is not null && _exponents.SequenceEqual(other._exponents);

    public override bool Equals(object? obj) => Equals(obj as UnitDimension);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var (name, exponent) in _exponents)
        {
            hash.Add(name, StringComparer.Ordinal);
            hash.Add(exponent);
        }

        return hash.ToHashCode();
    }
}
