using MedGemma.Agents.Inference.Grammars.Gbnf;

namespace MedGemma.Agents.Inference.Grammars.Rules;

/// <summary>Days that exist and instants of RFC 3339 (section 5.6), so that what is written can be read.</summary>
internal static class CalendarRules
{
    // Years divisible by four, centuries only by four hundred, without 0000, which .NET has no date for.
    private static readonly GbnfNode DivisibleByFour = GbnfNode.Choice(
        GbnfNode.Sequence(GbnfNode.Text("0"), Digits("48")),
        GbnfNode.Sequence(Digits("2468"), Digits("048")),
        GbnfNode.Sequence(Digits("13579"), Digits("26")));

    private static readonly GbnfNode LeapYear = GbnfNode.Choice(
        GbnfNode.Sequence(Digits("0123456789"), Digits("0123456789"), DivisibleByFour),
        GbnfNode.Sequence(DivisibleByFour, GbnfNode.Text("00")));

    private static readonly GbnfNode DayTo28 = GbnfNode.Choice(
        GbnfNode.Sequence(GbnfNode.Text("0"), Digits("123456789")),
        GbnfNode.Sequence(GbnfNode.Text("1"), Digits("0123456789")),
        GbnfNode.Sequence(GbnfNode.Text("2"), Digits("012345678")));

    private static readonly GbnfNode MonthAndDay = GbnfNode.Choice(
        GbnfNode.Sequence(GbnfNode.Choice(GbnfNode.Sequence(GbnfNode.Text("0"), Digits("13578")), GbnfNode.Sequence(GbnfNode.Text("1"), Digits("02"))), GbnfNode.Text("-"), GbnfNode.Choice(DayTo28, GbnfNode.Text("29"), GbnfNode.Text("30"), GbnfNode.Text("31"))),
        GbnfNode.Sequence(GbnfNode.Choice(GbnfNode.Sequence(GbnfNode.Text("0"), Digits("469")), GbnfNode.Text("11")), GbnfNode.Text("-"), GbnfNode.Choice(DayTo28, GbnfNode.Text("29"), GbnfNode.Text("30"))),
        GbnfNode.Sequence(GbnfNode.Text("02-"), DayTo28));

    /// <summary>A full-date of the years 0001 to 9999.</summary>
    public static GbnfNode Date(GbnfRules rules) => DateWithin("0001", "9999", rules);

    /// <summary>
    /// A date-time. An offset must not carry it out of the years 1 to 9999 of <see cref="DateTimeOffset"/>, so the first and the last year are left out.
    /// </summary>
    public static GbnfNode DateTime(GbnfRules rules)
    {
        var upTo59 = GbnfNode.Sequence(Digits("012345"), Digits("0123456789"));
        var hour = GbnfNode.Choice(GbnfNode.Sequence(Digits("01"), Digits("0123456789")), GbnfNode.Sequence(GbnfNode.Text("2"), Digits("0123")));
        var fraction = GbnfNode.Optional(GbnfNode.Sequence(GbnfNode.Text("."), rules.Repeat(Digits("0123456789"), 1, 7)));
        var offset = GbnfNode.Choice(
            GbnfNode.Text("Z"),
            GbnfNode.Sequence(
                Digits("+-"),
                GbnfNode.Choice(
                    GbnfNode.Sequence(GbnfNode.Choice(GbnfNode.Sequence(GbnfNode.Text("0"), Digits("0123456789")), GbnfNode.Sequence(GbnfNode.Text("1"), Digits("0123"))), GbnfNode.Text(":"), upTo59),
                    GbnfNode.Text("14:00"))));
        return GbnfNode.Sequence(DateWithin("0002", "9998", rules), GbnfNode.Text("T"), hour, GbnfNode.Text(":"), upTo59, GbnfNode.Text(":"), upTo59, fraction, offset);
    }

    private static GbnfNode DateWithin(string first, string last, GbnfRules rules) => GbnfNode.Choice(
        GbnfNode.Sequence(IntegerRange.Padded(first, last, rules), GbnfNode.Text("-"), MonthAndDay),
        GbnfNode.Sequence(LeapYear, GbnfNode.Text("-02-29")));

    private static GbnfNode Digits(string digits) => GbnfNode.Of(CodePointSet.Of(digits.Select(digit => (int)digit)));
}
