using System.Text.RegularExpressions;

namespace MedGemma.Agents.Sessions.Audit;

/// <summary>
/// What a row of the audit may hold as its patient: a logical id. Whatever else somebody typed may name a patient, and an erasure, which finds a patient's rows by the id, would
/// leave it there.
/// </summary>
public static partial class AuditedPatient
{
    /// <summary>The id, or null for what is none.</summary>
    /// <param name="given">What a caller gave (<see href="https://hl7.org/fhir/R4/datatypes.html#id"/>).</param>
    public static string? Of(string given) => Id().IsMatch(given) ? given : null;

    [GeneratedRegex(@"^[A-Za-z0-9\-.]{1,64}\z")]
    private static partial Regex Id();
}
