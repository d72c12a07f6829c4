using MedGemma.Agents.Records.Queries.Elements;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>
/// Ranges that a living person's vital signs lie in whatever their illness, by LOINC code and unit: a value outside has the wrong unit or a slip of the pen.
/// Codes: https://hl7.org/fhir/R4/observation-vitalsigns.html. Bounds are far outside of every survived extreme.
/// </summary>
internal static class PlausibleRanges
{
    private static readonly (string Loinc, string Unit, decimal Low, decimal High)[] Ranges =
    [
        ("8310-5", "Cel", 20, 47), ("8310-5", "[degF]", 68, 117),
        ("8331-1", "Cel", 20, 47), ("8331-1", "[degF]", 68, 117),
        ("8867-4", "/min", 0, 400), ("9279-1", "/min", 0, 150),
        ("8480-6", "mm[Hg]", 20, 370), ("8462-4", "mm[Hg]", 0, 300),
        ("2708-6", "%", 1, 100), ("59408-5", "%", 1, 100),
        ("29463-7", "kg", 0.2m, 700), ("29463-7", "[lb_av]", 0.4m, 1550),
        ("8302-2", "cm", 15, 280), ("8302-2", "[in_i]", 6, 110), ("8302-2", "m", 0.15m, 2.8m),
        ("39156-5", "kg/m2", 5, 250),
    ];

    /// <summary>Whether a number cannot be a measurement in the unit that it is recorded in.</summary>
    public static bool IsImplausible(QueryRun run, Finding finding, ElementValue value)
    {
        if (value.Computed is not null || value.Unit is null || !Numbers.TryRead(value, out var number) || Numbers.LoincOf(finding, value) is not { } loinc)
            return false;

        foreach (var range in Ranges)
        {
            if (range.Loinc == loinc && (IsUnit(value, range.Unit) || IsSameUnit(run, value, range.Unit)))
                return number < range.Low || number > range.High;
        }

        return false;
    }

    /// <summary>Notes an implausible value with its unit.</summary>
    public static void NoteImplausible(QueryRun run, Finding finding, ElementValue value)
    {
        if (IsImplausible(run, finding, value))
            run.Notes.Add($"Implausible as recorded: {value.Value.GetRawText()} {value.Unit}.");
    }

    private static bool IsUnit(ElementValue value, string unit) => value.Unit == unit || value.UnitCode == unit;

    /// <summary>Whether another spelling means the same unit: one of it converts to one.</summary>
    private static bool IsSameUnit(QueryRun run, ElementValue value, string unit) =>
        run.Units.TryConvert(1, value.UnitCode ?? value.Unit!, unit, null, out var one) && one.Value == 1
        && run.Units.TryConvert(100, value.UnitCode ?? value.Unit!, unit, null, out var hundred) && hundred.Value == 100;
}
