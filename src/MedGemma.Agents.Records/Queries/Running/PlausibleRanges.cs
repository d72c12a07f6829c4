using MedGemma.Agents.Records.Queries.Elements;
using MedGemma.Agents.Records.Units;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>Notes values that nobody has, by the ranges of <see cref="PlausibleRangeTable"/>.</summary>
internal static class PlausibleRanges
{
    /// <summary>Whether a number cannot be a measurement in the unit that it is recorded in.</summary>
    public static bool IsImplausible(QueryRun run, Finding finding, ElementValue value) =>
        value.Computed is null
        && value.Unit is not null
        && Numbers.TryRead(value, out var number)
        && Numbers.LoincOf(finding, value) is { } loinc
        && PlausibleRangeTable.IsImplausible(run.Units, loinc, number, value.UnitCode ?? value.Unit, out _);

    /// <summary>Notes an implausible value with its unit.</summary>
    public static void NoteImplausible(QueryRun run, Finding finding, ElementValue value)
    {
        if (IsImplausible(run, finding, value))
            run.Notes.Add($"Implausible as recorded: {value.Value.GetRawText()} {value.Unit}.");
    }
}
