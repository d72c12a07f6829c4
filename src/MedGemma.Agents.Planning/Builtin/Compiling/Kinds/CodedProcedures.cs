using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Kinds;

/// <summary>Tells whether a record holds procedures that a hospital coded (ICD) beside what was charted at the bedside: lines, swabs and scans of intensive care are no operations.</summary>
internal static class CodedProcedures
{
    /// <summary>Whether some, but not all, procedures have a code of ICD.</summary>
    public static bool AreIn(PatientRecord record)
    {
        var procedures = record.OfKind(RecordKind.Procedure);
        return procedures.Any(IsCoded) && !procedures.All(IsCoded);
    }

    private static bool IsCoded(RecordResource procedure) =>
        procedure.Concept?.Codings.Any(coding => coding.System?.Contains("icd", StringComparison.OrdinalIgnoreCase) == true) == true;
}
