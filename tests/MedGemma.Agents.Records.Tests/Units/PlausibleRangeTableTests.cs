using MedGemma.Agents.Records.Units;

namespace MedGemma.Agents.Records.Tests.Units;

public sealed class PlausibleRangeTableTests
{
    private static readonly UnitConverter Converter = new();

    [Theory]
    [InlineData("8310-5", "36", "[degF]", true)]
    [InlineData("8310-5", "36", "Cel", false)]
    [InlineData("8310-5", "98.6", "degF", false)]
    [InlineData("8310-5", "98.6", "Cel", true)]
    [InlineData("8867-4", "72", "bpm", false)]
    [InlineData("8867-4", "720", "/min", true)]
    [InlineData("2708-6", "0.97", "%", true)]
    [InlineData("2708-6", "0.97", "1", false)]
    [InlineData("8310-5", "13.0", "Cel", false)]
    [InlineData("8480-6", "480", "mm[Hg]", false)]
    [InlineData("8480-6", "999", "mm[Hg]", true)]
    [InlineData("8302-2", "1.75", "cm", true)]
    [InlineData("8302-2", "1.75", "m", false)]
    [InlineData("29463-7", "180", "lbs", false)]
    [InlineData("2345-7", "5.5", "mmol/L", false)]
    [InlineData("8310-5", "36", "kg", false)]
    [InlineData("9999-9", "36", "kg", false)]
    public void A_value_that_nobody_has_is_told_from_one_in_another_unit(string loinc, string value, string unit, bool expected) =>
        Assert.Equal(expected, PlausibleRangeTable.IsImplausible(Converter, loinc, decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture), unit, out _));
}
