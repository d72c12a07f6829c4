using System.Globalization;

namespace MedGemma.Agents.Records.Units;

/// <summary>
/// Reads UCUM case-sensitive codes (<see href="https://ucum.org/ucum"/>): prefixes, products, quotients, powers, parentheses, annotations and numbers, over the atoms of
/// the embedded table.
/// </summary>
/// <param name="table">Atoms and prefixes.</param>
internal sealed class UcumParser(UcumTable table)
{
    private const int LongestCode = 64;
    private const int DeepestNesting = 8;
    private const int LargestExponent = 24;

    /// <summary>Reads a code.</summary>
    /// <returns>Null when the code is not UCUM or uses an atom that the table lacks.</returns>
    public UcumUnit? Parse(string code)
    {
        if (code.Length is 0 or > LongestCode)
            return null;

        if (table.Temperatures.TryGetValue(code, out var temperature))
            return temperature;

        // {INR} and {score} are numbers of their own: as plain numbers they would become percentages.
        if (code[0] == '{' && code.IndexOf('}', StringComparison.Ordinal) == code.Length - 1)
            return new UcumUnit(Rational.One, Rational.Of(0, 1), UnitDimension.Named(code), false);

        var state = new State();
        var position = 0;
        if (!Term(code, ref position, 1, 0, state) || position != code.Length)
            return null;

        return new UcumUnit(state.Factor, Rational.Of(0, 1), state.Dimension, state.MolesAbove && state.MolesBelow);
    }

    private bool Term(string code, ref int position, int sign, int depth, State state)
    {
        if (depth > DeepestNesting)
            return false;

        if (position < code.Length && code[position] == '/')
        {
            position++;
            if (!Component(code, ref position, -sign, depth, state))
                return false;
        }
        else if (!Component(code, ref position, sign, depth, state))
        {
            return false;
        }

        while (position < code.Length && code[position] is '.' or '/')
        {
            var next = code[position] == '/' ? -sign : sign;
            position++;
            if (!Component(code, ref position, next, depth, state))
                return false;
        }

        return true;
    }

    private bool Component(string code, ref int position, int sign, int depth, State state)
    {
        if (position >= code.Length)
            return false;

        if (code[position] == '(')
        {
            position++;
            if (!Term(code, ref position, sign, depth + 1, state) || position >= code.Length || code[position] != ')')
                return false;

            position++;
            return true;
        }

        if (code[position] == '{')
            return SkipAnnotation(code, ref position);

        var start = position;
        var bracket = 0;
        while (position < code.Length && (bracket > 0 || code[position] is not ('.' or '/' or '(' or ')' or '{')))
        {
            if (code[position] == '[')
                bracket++;
            else if (code[position] == ']')
                bracket--;
            position++;
        }

        var simple = code[start..position];
        if (position < code.Length && code[position] == '{' && !SkipAnnotation(code, ref position))
            return false;

        return Simple(simple, sign, state);
    }

    private static bool SkipAnnotation(string code, ref int position)
    {
        var end = code.IndexOf('}', position);
        if (end < 0)
            return false;

        position = end + 1;
        return true;
    }

    private bool Simple(string simple, int sign, State state)
    {
        foreach (var tens in (ReadOnlySpan<string>)["10*", "10^"])
        {
            if (simple.StartsWith(tens, StringComparison.Ordinal))
            {
                if (!Exponent(simple[tens.Length..], out var power))
                    return false;

                state.Factor *= Rational.TenTo(power * sign);
                return true;
            }
        }

        if (simple.Length > 0 && simple.All(char.IsAsciiDigit))
        {
            if (simple.Length > 9 || simple.All(digit => digit == '0'))
                return false;

            state.Factor *= Rational.Of(int.Parse(simple, CultureInfo.InvariantCulture), 1).Power(sign);
            return true;
        }

        var split = simple.Length;
        if (simple.Length > 0 && simple[^1] != ']')
        {
            while (split > 0 && (char.IsAsciiDigit(simple[split - 1]) || simple[split - 1] is '+' or '-'))
                split--;
        }

        var exponent = 1;
        if (split < simple.Length && !Exponent(simple[split..], out exponent))
            return false;

        if (!table.TryFind(simple[..split], out var factor, out var dimension))
            return false;

        state.Multiply(factor, dimension, exponent * sign);
        return true;
    }

    private static bool Exponent(string text, out int exponent)
    {
        exponent = 1;
        return text.Length == 0
            || (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) && Math.Abs(exponent) <= LargestExponent);
    }

    private sealed class State
    {
        public Rational Factor { get; set; } = Rational.One;

        public UnitDimension Dimension { get; private set; } = UnitDimension.None;

        public bool MolesAbove { get; private set; }

        public bool MolesBelow { get; private set; }

        public void Multiply(Rational factor, UnitDimension dimension, int power)
        {
            Factor *= factor.Power(power);
            Dimension = Dimension.Times(dimension, power);
            if (dimension.Exponent("mol") > 0)
            {
                MolesAbove |= power > 0;
                MolesBelow |= power < 0;
            }
        }
    }
}
