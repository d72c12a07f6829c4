using System.Collections.Immutable;

namespace MedGemma.Agents.Records.Units;

/// <summary>Shape of <c>Units/Data/substances.json</c>.</summary>
/// <param name="Source">Where the table is from.</param>
/// <param name="Substances">What converts between mass, moles and equivalents.</param>
/// <param name="Hba1c">The equation between HbA1c in NGSP percent and in IFCC mmol/mol.</param>
/// <param name="Activities">Codes for which IU and U are the same.</param>
internal sealed record SubstanceFile(
    string Source,
    ImmutableArray<SubstanceFile.SubstanceRow> Substances,
    SubstanceFile.Hba1cRow Hba1c,
    SubstanceFile.ActivityRow Activities)
{
    /// <summary>A substance with its molar mass in g/mol and its charge, each where known; <c>Below</c> when it is what a ratio is taken to (creatinine in albumin/creatinine).</summary>
    internal sealed record SubstanceRow(string Name, string Source, ImmutableArray<string> Loinc, string? Grams = null, int? Charge = null, bool Below = false);

    /// <summary>NGSP in % = slope * IFCC in mmol/mol + intercept.</summary>
    internal sealed record Hba1cRow(string Source, string Slope, string Intercept, ImmutableArray<string> Loinc);

    /// <summary>Enzymes and hormones reported in U or IU alike.</summary>
    internal sealed record ActivityRow(string Source, ImmutableArray<string> Loinc);
}
