using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries.Elements;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>Tells findings about the same thing from those about different things.</summary>
internal static class ConceptKeys
{
    /// <summary>A key that findings about the same concept share: the Medication or its coding for medications, otherwise the concept of the record.</summary>
    public static object Of(PatientRecord record, RecordIndex index, Finding finding)
    {
        var resource = finding.Resource;
        if (finding.Part >= 0)
            return ElementReader.LabelOf(record, finding)?.ToUpperInvariant() ?? (object)(resource.Key, finding.Part);

        if (resource.Kinds.Contains(RecordKind.Medication))
            return MedicationKey(resource);

        return index.EntryOf(resource) ?? resource.Concept?.Name?.ToUpperInvariant() ?? (object)resource.Key;
    }

    private static object MedicationKey(RecordResource resource)
    {
        var at = ElementCursor.Of(resource);
        if (at.TryChild("medicationReference", out var reference) && reference.TryChild("reference", out var target)
            && target.Text is { } text && !text.StartsWith('#'))
            return text;

        return resource.Concept is { } concept
            ? string.Join('\n', concept.Codings.Select(coding => $"{coding.System}|{coding.Code}")) + '\n' + concept.Text
            : resource.Key;
    }
}
