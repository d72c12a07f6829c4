using CsCheck;
using MedGemma.Agents.Records.Units;

namespace MedGemma.Agents.Records.Tests.Units;

public sealed class UnitConverterTests
{
    private static readonly UnitConverter Converter = new();

    private static readonly string[][] Families =
    [
        ["g", "mg", "ug", "kg", "[lb_av]", "[oz_av]", "gm", "mcg", "lbs"],
        ["mL", "L", "dL", "uL", "cc", "[foz_us]", "ml"],
        ["cm", "m", "mm", "[in_i]", "[ft_i]", "inches"],
        ["mg/dL", "g/L", "ug/mL", "mg/dl", "gm/dl"],
        ["Cel", "[degF]", "K", "degF", "C"],
        ["mm[Hg]", "kPa", "mm Hg", "cm[H2O]"],
        ["10*3/uL", "10*9/L", "K/uL", "/uL"],
        ["mmol/L", "umol/L", "mol/L"],
        ["s", "min", "h", "d", "hr"],
        ["meq/L", "mEq/dL"],
        ["mL/min/{1.73_m2}", "mL/s/[1.73m2]"],
        ["U/L", "ukat/L"],
        ["[IU]/L", "mIU/mL"],
        ["%", "1"],
        ["{score}"],
        ["mmol/mol"],
        ["mL/min", "mL/hr"],
    ];

    [Theory]
    [InlineData("98.6", "[degF]", "Cel", null, "37")]
    [InlineData("37", "C", "degF", null, "98.6")]
    [InlineData("-40", "Cel", "[degF]", null, "-40")]
    [InlineData("0", "Cel", "K", null, "273.15")]
    [InlineData("1", "lbs", "kg", null, "0.45359237")]
    [InlineData("1500", "mcg", "mg", null, "1.5")]
    [InlineData("12.5", "gm/dl", "g/L", null, "125")]
    [InlineData("7.2", "K/uL", "10*9/L", null, "7.2")]
    [InlineData("7.2", "x10^3/uL", "10*3/uL", null, "7.2")]
    [InlineData("2", "ML", "cc", null, "2")]
    [InlineData("60", "mL/hr", "mL/min", null, "1")]
    [InlineData("0.42", "1", "%", null, "42")]
    [InlineData("5.5", "mmol/L", "mg/dL", "2345-7", "99.0858")]
    [InlineData("180.156", "mg/dL", "mmol/L", "2339-0", "10")]
    [InlineData("1", "mg/dL", "umol/L", "2160-0", "88.401697312588401697312588402")]
    [InlineData("193.325", "mg/dL", "mmol/L", "2093-3", "5")]
    [InlineData("28.0134", "mg/dL", "mmol/L", "3094-0", "10")]
    [InlineData("140", "meq/L", "mmol/L", "2951-2", "140")]
    [InlineData("4.6", "meq/L", "mmol/L", "17861-6", "2.3")]
    [InlineData("6.5", "%", "mmol/mol", "4548-4", "47.529514648")]
    [InlineData("48", "mmol/mol", "%", "4548-4", "6.54304")]
    [InlineData("30", "mg/g", "mg/mmol", "14959-1", "3.3936")]
    [InlineData("35", "IU/L", "U/L", "1742-6", "35")]
    public void A_value_is_converted(string value, string from, string to, string? loinc, string expected)
    {
        Assert.True(Converter.TryConvert(Parse(value), from, to, loinc, out var conversion));
        Assert.Equal(Parse(expected), decimal.Round(conversion.Value, expected.Contains('.', StringComparison.Ordinal) ? expected.Length - expected.IndexOf('.', StringComparison.Ordinal) - 1 : 20), 12);
        Assert.Equal(to, conversion.Unit);
    }

    [Theory]
    [InlineData("mmol/L", "mg/dL", null)]
    [InlineData("mmol/L", "mg/dL", "8867-4")]
    [InlineData("mmol/mol", "%", null)]
    [InlineData("mmol/mol", "%", "2345-7")]
    [InlineData("mL/min", "mL/min/{1.73_m2}", "33914-3")]
    [InlineData("[IU]/L", "U/L", null)]
    [InlineData("[IU]/L", "U/L", "2345-7")]
    [InlineData("{score}", "%", null)]
    [InlineData("{INR}", "{score}", null)]
    [InlineData("Cel", "kg", null)]
    [InlineData("meq/L", "mmol/L", null)]
    [InlineData("nonsense", "mg", null)]
    [InlineData("mg", "", null)]
    [InlineData("", "mg", null)]
    [InlineData("tablet", "mg", null)]
    [InlineData("((((((((((g))))))))))", "g", null)]
    [InlineData("g99999999", "g", null)]
    [InlineData("mmol/L", "meq/L", "2345-7")]
    public void Incompatible_units_are_refused(string from, string to, string? loinc)
    {
        Assert.False(Converter.TryConvert(5m, from, to, loinc, out _));
        Assert.False(Converter.TryConvert(5m, to, from, loinc, out _));
    }

    [Fact]
    public void A_conversion_there_and_back_gives_the_value() =>
        Gen.Select(Gen.Int[0, Families.Length - 1], Gen.Int[0, 8], Gen.Int[0, 8], Gen.Int[-1_000_000, 1_000_000]).Sample((family, first, second, thousandths) =>
        {
            var units = Families[family];
            var (from, to, value) = (units[first % units.Length], units[second % units.Length], thousandths / 1000m);
            Assert.True(Converter.TryConvert(value, from, to, null, out var there), $"{from} -> {to}");
            Assert.True(Converter.TryConvert(there.Value, to, from, null, out var back));
            Assert.Equal(value, back.Value, 9);
        });

    [Fact]
    public void Two_steps_give_what_one_step_gives() =>
        Gen.Select(Gen.Int[0, Families.Length - 1], Gen.Int[0, 8], Gen.Int[0, 8], Gen.Int[0, 8], Gen.Int[1, 100_000]).Sample((family, first, second, third, hundredths) =>
        {
            var units = Families[family];
            var (from, between, to, value) = (units[first % units.Length], units[second % units.Length], units[third % units.Length], hundredths / 100m);
            Assert.True(Converter.TryConvert(value, from, to, null, out var direct));
            Assert.True(Converter.TryConvert(value, from, between, null, out var half));
            Assert.True(Converter.TryConvert(half.Value, between, to, null, out var stepped));
            Assert.True(Math.Abs(direct.Value - stepped.Value) <= (Math.Abs(direct.Value) * 1e-12m) + 1e-12m, $"{from} -> {between} -> {to}");
        });

    [Fact]
    public void Units_of_different_families_are_always_refused() =>
        Gen.Select(Gen.Int[0, Families.Length - 1], Gen.Int[0, Families.Length - 1], Gen.Int[0, 8], Gen.Int[0, 8]).Sample((left, right, first, second) =>
        {
            if (left != right)
                Assert.False(Converter.TryConvert(1m, Families[left][first % Families[left].Length], Families[right][second % Families[right].Length], null, out _));
        });

    [Fact]
    public void Any_text_as_a_unit_is_read_or_refused_without_an_exception() =>
        Gen.String[0, 80].Sample(unit => { Converter.TryConvert(1m, unit, "mg", null, out _); });

    [Fact]
    public void The_same_unit_needs_no_factor()
    {
        Assert.True(Converter.TryConvert(5m, "mg/dl", "mg/dL", null, out var respelled));
        Assert.Null(respelled.Factor);
        Assert.True(Converter.TryConvert(5m, "no unit at all", "no unit at all", null, out var identical));
        Assert.Equal(new Conversion(5m, "no unit at all", null), identical);
        Assert.True(Converter.AreSame("mm Hg", "mm[Hg]"));
        Assert.False(Converter.AreSame("mg/dL", "g/dL"));
    }

    private static decimal Parse(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
