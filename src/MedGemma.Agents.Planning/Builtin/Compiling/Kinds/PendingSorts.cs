using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Kinds;

/// <summary>Narrows what is outstanding to one sort of it: "which imaging order is outstanding", "pending lab orders".</summary>
internal static class PendingSorts
{
    private static readonly string[] s_imaging = ["ultrasound", "MRI", "CT", "X-ray", "mammography", "bone density scan", "PET scan", "echocardiogram", "bone scan", "angiogram"];

    /// <summary>What is looked for by name; the selection is narrowed where the sort is a kind.</summary>
    public static IReadOnlyList<ConceptMention> Narrow(QuestionFrame frame, IReadOnlyList<ConceptMention> concepts, Func<string, IReadOnlyList<RecordKind>, bool> stands, ref RecordSelection selection)
    {
        if (concepts.Count == 0 && frame.Topics.FirstOrDefault(mention => mention.Topic.Kinds is [RecordKind.MicrobiologyTest]) is { } microbiology)
            return [new ConceptMention(microbiology.Span, "cultures", [], false, new ConceptMatch("cultures", [], [], "synonym", false), [.. selection.Kinds])];

        if (concepts.Count > 0 || frame.Topics.FirstOrDefault(mention => mention.Topic.Kinds is [RecordKind.ImagingStudy]) is not { } imaging)
            return concepts;

        // Each by its own name, so that the answer says which sorts were looked for.
        RecordKind[] kinds = [RecordKind.ServiceRequest, RecordKind.ImagingStudy];
        selection = selection with { Kinds = kinds };
        var there = s_imaging.Where(name => stands(name, kinds)).ToArray();
        return [.. (there.Length > 0 ? there : s_imaging).Select(name => new ConceptMention(imaging.Span, name, [], false, new ConceptMatch(name, [], [], "synonym", false), [.. kinds]))];
    }
}
