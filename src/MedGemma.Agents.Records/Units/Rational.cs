using System.Globalization;
using System.Numerics;

namespace MedGemma.Agents.Records.Units;

/// <summary>An exact fraction in lowest terms, so that chains of unit factors lose nothing before the final rounding.</summary>
internal readonly struct Rational : IEquatable<Rational>
{
    private Rational(BigInteger numerator, BigInteger denominator)
    {
        Numerator = numerator;
        Denominator = denominator;
    }

    public static Rational One { get; } = new(1, 1);

    public BigInteger Numerator { get; }

    public BigInteger Denominator { get; }

    public static Rational Of(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
            throw new DivideByZeroException();
        if (denominator.Sign < 0)
            (numerator, denominator) = (-numerator, -denominator);

        var common = BigInteger.GreatestCommonDivisor(numerator, denominator);
        return new Rational(numerator / common, denominator / common);
    }

    public static Rational Of(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var magnitude = ((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0];
        var scale = (bits[3] >> 16) & 0x7F;
        return Of(bits[3] < 0 ? -magnitude : magnitude, BigInteger.Pow(10, scale));
    }

    /// <summary>Reads a decimal number as written in a data file.</summary>
    public static Rational Parse(string text) => Of(decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture));

    public static Rational TenTo(int exponent) =>
        exponent >= 0 ? new Rational(BigInteger.Pow(10, exponent), 1) : new Rational(1, BigInteger.Pow(10, -exponent));

    public static Rational operator +(Rational left, Rational right) =>
        Of((left.Numerator * right.Denominator) + (right.Numerator * left.Denominator), left.Denominator * right.Denominator);

    public static Rational operator -(Rational left, Rational right) =>
        Of((left.Numerator * right.Denominator) - (right.Numerator * left.Denominator), left.Denominator * right.Denominator);

    public static Rational operator *(Rational left, Rational right) => Of(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    public static Rational operator /(Rational left, Rational right) => Of(left.Numerator * right.Denominator, left.Denominator * right.Numerator);

    public Rational Power(int exponent) => exponent >= 0
        ? Of(BigInteger.Pow(Numerator, exponent), BigInteger.Pow(Denominator, exponent))
        : Of(BigInteger.Pow(Denominator, -exponent), BigInteger.Pow(Numerator, -exponent));

    /// <summary>The nearest decimal: exact when the fraction terminates within 28 significant digits.</summary>
    /// <returns>False when the magnitude does not fit a <see cref="decimal"/>.</returns>
    public bool TryToDecimal(out decimal value)
    {
        value = 0;
        var magnitude = BigInteger.Abs(Numerator);
        var whole = BigInteger.Divide(magnitude, Denominator);
        if (whole > (BigInteger)decimal.MaxValue)
            return false;

        for (var scale = Math.Min(28, 28 - Digits(whole)); scale >= 0; scale--)
        {
            var scaled = (((magnitude * BigInteger.Pow(10, scale)) * 2) + Denominator) / (Denominator * 2);
            if (scaled > (BigInteger)decimal.MaxValue)
                continue;

            var result = (decimal)scaled;
            for (var left = scale; left > 0; left--)
                result /= 10m;

            value = Numerator.Sign < 0 ? -Trim(result) : Trim(result);
            return true;
        }

        value = Numerator.Sign < 0 ? -(decimal)whole : (decimal)whole;
        return true;
    }

    /// <summary>The value as people write it, rounded to six significant digits.</summary>
    public override string ToString()
    {
        if (!TryToDecimal(out var value))
            return $"{Numerator}/{Denominator}";

        return value == decimal.Truncate(value)
            ? value.ToString("0", CultureInfo.InvariantCulture)
            : ((double)value).ToString("G6", CultureInfo.InvariantCulture);
    }

    public bool Equals(Rational other) => Numerator == other.Numerator && Denominator == other.Denominator;

    public override bool Equals(object? obj) => obj is Rational other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Numerator, Denominator);

    private static int Digits(BigInteger whole) => whole.IsZero ? 0 : (int)Math.Floor(BigInteger.Log10(whole)) + 1;

    // Dividing by this constant drops trailing zeros: https://stackoverflow.com/a/7983330 describes the effect of the scale of 1.000...
    private static decimal Trim(decimal value) => value / 1.0000000000000000000000000000m;
}
