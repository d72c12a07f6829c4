namespace MedGemma.Agents.Records.Reading;

/// <summary>The words for a resource that belongs to no patient although it should.</summary>
internal static class SubjectProblem
{
    public static string Words(string type, bool isMissing) => isMissing
        ? $"names no subject, so it belongs to no patient (type {type})"
        : $"names a subject that is not here or not the only one that fits, so it belongs to no patient (type {type})";
}
