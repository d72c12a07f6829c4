using MedGemma.Agents.Planning.Writing;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Answers;

/// <summary>What <c>Patient.link</c> means for whoever asks a record (<see href="https://hl7.org/fhir/R4/valueset-link-type.html"/>).</summary>
public static class MergedRecords
{
    /// <summary>Why a record is asked nothing any more; null when it may be.</summary>
    /// <param name="record">The record.</param>
    public static UnsureReason.Merged? Refuse(PatientRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.Facts.Successor is { } successor ? new UnsureReason.Merged(DisplayText.Bound(successor.Other)) : null;
    }

    /// <summary>What must be said of other records of the same person.</summary>
    /// <param name="record">The record.</param>
    public static IEnumerable<string> Banners(PatientRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.Facts.OtherRecords.Select(link => Sentence(link.Type, DisplayText.Bound(link.Other))).Distinct(StringComparer.Ordinal);
    }

    /// <summary>The names of other records in a sentence.</summary>
    /// <param name="others">What links name them by.</param>
    internal static string Names(IEnumerable<string> others) => string.Join(" and ", others.Select(other => DisplayText.Bound(other)).Distinct(StringComparer.Ordinal));

    private static string Sentence(string type, string other) => type switch
    {
        "replaced-by" => $"This record was merged into {other} and is no longer kept.",
        "replaces" => $"{other} was merged into this record; what lies there is not part of it.",
        "refer" => $"The main record of this person is {other}; what lies there is not part of this one.",
        _ => $"{other} holds data of the same person too; what lies there is not part of this record.",
    };
}
