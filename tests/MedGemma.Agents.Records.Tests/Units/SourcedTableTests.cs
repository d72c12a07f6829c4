using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using MedGemma.Agents.Records.Units;

namespace MedGemma.Agents.Records.Tests.Units;

/// <summary>Checks the tables against what they were not written from: atomic weights, and the check digit that every LOINC code ends with.</summary>
public sealed partial class SourcedTableTests
{
    /// <summary>IUPAC 2021 standard atomic weights, abridged (<see href="https://iupac.qmul.ac.uk/AtWt/"/>).</summary>
    private static readonly Dictionary<string, double> s_weights = new()
    {
        ["C"] = 12.011, ["H"] = 1.008, ["N"] = 14.007, ["O"] = 15.999, ["P"] = 30.974, ["S"] = 32.06, ["I"] = 126.90, ["Co"] = 58.933,
    };

    [Fact]
    public void Every_molar_mass_is_that_of_the_formula_beside_it()
    {
        var compared = 0;
        foreach (var substance in Table("substances.json").GetProperty("substances").EnumerateArray())
        {
            if (Formula().Match(substance.GetProperty("source").GetString()!) is not { Success: true } formula || !substance.TryGetProperty("grams", out var grams))
                continue;

            var computed = Element().Matches(formula.Groups[1].Value)
                .Sum(part => s_weights[part.Groups[1].Value] * (part.Groups[2].Length == 0 ? 1 : int.Parse(part.Groups[2].Value, CultureInfo.InvariantCulture)));
            Assert.Equal(1, double.Parse(grams.GetString()!, CultureInfo.InvariantCulture) / computed, 0.0002);
            compared++;
        }

        Assert.True(compared >= 22, $"only {compared} were compared");
    }

    [Fact]
    public void Every_LOINC_code_ends_with_its_check_digit_and_stands_for_one_substance()
    {
        var all = Table("substances.json").GetProperty("substances").EnumerateArray().SelectMany(substance => substance.GetProperty("loinc").EnumerateArray())
            .Select(code => code.GetString()!).ToArray();
        var ranges = Table("plausible-ranges.json").GetProperty("ranges").EnumerateArray().SelectMany(range => range.GetProperty("loinc").EnumerateArray())
            .Select(code => code.GetString()!);

        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.All(all.Concat(ranges), code => Assert.True(HasItsCheckDigit(code), code));
    }

    /// <summary>Modulus 10 over the digits, every second from the right doubled (LOINC Users' Guide, appendix "Calculating Mod 10 check digits").</summary>
    private static bool HasItsCheckDigit(string code)
    {
        var digits = code[..^2].Reverse().Select((digit, index) => (digit - '0') * (index % 2 == 0 ? 2 : 1));
        return (10 - (digits.Sum(value => (value / 10) + (value % 10)) % 10)) % 10 == code[^1] - '0';
    }

    private static JsonElement Table(string name)
    {
        var assembly = typeof(UnitConverter).Assembly;
        using var stream = assembly.GetManifestResourceStream(assembly.GetManifestResourceNames().Single(resource => resource.EndsWith(name, StringComparison.Ordinal)))!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }

    [GeneratedRegex(@"\(([A-Z][A-Za-z0-9]+)-?\)")]
    private static partial Regex Formula();

    [GeneratedRegex("([A-Z][a-z]?)([0-9]*)")]
    private static partial Regex Element();
}
