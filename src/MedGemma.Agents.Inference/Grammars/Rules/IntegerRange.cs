using System.Globalization;
using MedGemma.Agents.Inference.Grammars.Gbnf;

namespace MedGemma.Agents.Inference.Grammars.Rules;

/// <summary>Exactly the integers of a range, digit by digit.</summary>
internal static class IntegerRange
{
    /// <summary>Where there is no bound: 16 digits, which a double holds but for the last few.</summary>
    private const long Unbounded = 9_999_999_999_999_999;

    public static GbnfNode Node(long? minimum, long? maximum, GbnfRules rules)
    {
        var lowest = minimum ?? (maximum < -Unbounded ? long.MinValue : -Unbounded);
        var highest = maximum ?? (minimum > Unbounded ? long.MaxValue : Unbounded);
        if (lowest > highest)
            return GbnfNode.Nothing;

        var options = new List<GbnfNode>();
        if (lowest < 0)
            options.Add(GbnfNode.Sequence(GbnfNode.Text("-"), Natural(highest < 0 ? -(Int128)highest : 1, -(Int128)lowest, rules)));
        if (highest >= 0)
            options.Add(Natural(Math.Max(lowest, 0), highest, rules));

        return GbnfNode.Choice(options);
    }

    /// <summary>Numbers of one width, with leading zeros.</summary>
    public static GbnfNode Padded(string first, string last, GbnfRules rules) => Between(first, last, rules);

    private static GbnfNode Natural(Int128 lowest, Int128 highest, GbnfRules rules)
    {
        var from = lowest.ToString(CultureInfo.InvariantCulture);
        var to = highest.ToString(CultureInfo.InvariantCulture);
        if (from.Length == to.Length)
            return Between(from, to, rules);

        var options = new List<GbnfNode> { AtLeast(from, rules) };
        if (to.Length > from.Length + 1)
            options.Add(GbnfNode.Sequence(Digit('1', '9'), rules.Repeat(Digit('0', '9'), from.Length, to.Length - 2)));

        options.Add(Between("1" + new string('0', to.Length - 1), to, rules));
        return GbnfNode.Choice(options);
    }

    private static GbnfNode Between(string from, string to, GbnfRules rules)
    {
        if (from == to)
            return GbnfNode.Text(from);
        if (from[0] == to[0])
            return GbnfNode.Sequence(GbnfNode.Text(from[..1]), Between(from[1..], to[1..], rules));
        if (from.All(digit => digit == '0') && to.All(digit => digit == '9'))
            return AnyDigits(from.Length, rules);

        var options = new List<GbnfNode> { GbnfNode.Sequence(GbnfNode.Text(from[..1]), AtLeast(from[1..], rules)) };
        if (to[0] - from[0] > 1)
            options.Add(GbnfNode.Sequence(Digit((char)(from[0] + 1), (char)(to[0] - 1)), AnyDigits(from.Length - 1, rules)));

        options.Add(GbnfNode.Sequence(GbnfNode.Text(to[..1]), AtMost(to[1..], rules)));
        return GbnfNode.Choice(options);
    }

    private static GbnfNode AtLeast(string digits, GbnfRules rules) =>
        digits.All(digit => digit == '0') ? AnyDigits(digits.Length, rules)
        : digits.All(digit => digit == '9') ? GbnfNode.Text(digits)
        : Between(digits, new string('9', digits.Length), rules);

    private static GbnfNode AtMost(string digits, GbnfRules rules) =>
        digits.All(digit => digit == '9') ? AnyDigits(digits.Length, rules)
        : digits.All(digit => digit == '0') ? GbnfNode.Text(digits)
        : Between(new string('0', digits.Length), digits, rules);

    private static GbnfNode AnyDigits(int count, GbnfRules rules) => count == 0 ? GbnfNode.Empty : rules.Repeat(Digit('0', '9'), count, count);

    private static GbnfNode Digit(char first, char last) => GbnfNode.Of(CodePointSet.Range(first, last));
}
