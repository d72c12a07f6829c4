using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries.Elements;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>Tells findings about the same thing from those about different things.</summary>
internal static class ConceptKeys
{
    /// <summary>A key that findings about the same concept share: the coding for medications, otherwise the concept of the record.</summary>
    public static object Of(PatientRecord record, RecordIndex index, Finding finding)
    {
        var resource = finding.Resource;
        if (finding.Part >= 0)
            return ElementReader.LabelOf(record, finding)?.ToUpperInvariant() ?? (object)(resource.Key, finding.Part);

        if (resource.Kinds.Contains(RecordKind.Medication))
            return MedicationKey(resource);

        return index.EntryOf(resource) ?? resource.Concept?.Name?.ToUpperInvariant() ?? (object)resource.Key;
    }

    /// <summary>The codings of the drug, however it is referred to; the reference where what it points at is not here.</summary>
    private static object MedicationKey(RecordResource resource)
    {
        if (resource.Concept is { } concept && (concept.Codings.Length > 0 || concept.Text is not null))
            return string.Join('\n', concept.Codings.Select(coding => $"{coding.System}|{coding.Code}")) + '\n' + concept.Text;

        return ElementCursor.Of(resource).TryChild("medicationReference", out var reference) && reference.TryChild("reference", out var target) && target.Text is { } text && !text.StartsWith('#')
            ? text
            : resource.Key;
    }
}
