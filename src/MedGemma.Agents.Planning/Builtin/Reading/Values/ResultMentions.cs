using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Values;

/// <summary>Tells names of measurements and results from names of other things.</summary>
internal static class ResultMentions
{
    /// <summary>Whether all that a name stands for is measured.</summary>
    public static bool IsMeasured(ConceptMention concept) => concept.Kinds.Any() && concept.Kinds.All(AreMeasured);

    /// <summary>A measurement, or a panel that is also a report.</summary>
    public static bool IsResult(ConceptMention concept) => concept.Kinds.Any(AreMeasured) && concept.Kinds.All(kind => AreMeasured(kind) || kind is RecordKind.DiagnosticReport);

    /// <summary>Whether what a name stands for may have come back or not.</summary>
    public static bool MayResult(ConceptMention concept) =>
        concept.Kinds.Any(kind => AreMeasured(kind) || kind is RecordKind.DiagnosticReport or RecordKind.MicrobiologyTest or RecordKind.ImagingStudy)
        && concept.Kinds.All(kind => AreMeasured(kind) || kind is RecordKind.DiagnosticReport or RecordKind.MicrobiologyTest or RecordKind.ImagingStudy or RecordKind.ServiceRequest or RecordKind.Procedure or RecordKind.Any);

    /// <summary>Whether only measurements are named, none of which the record has.</summary>
    public static bool AreMissing(IReadOnlyList<ConceptMention> concepts) => concepts.Count > 0 && concepts.All(concept => concept.Entries.IsEmpty && IsResult(concept));

    /// <summary>Whether a topic is that of results.</summary>
    public static bool AreResults(TopicMention mention) =>
        mention.Topic.Kinds is [RecordKind.Observation] or [RecordKind.LaboratoryResult] or [RecordKind.VitalSign] or [RecordKind.DiagnosticReport] or [RecordKind.MicrobiologyTest];

    /// <summary>What goes in and comes out adds up; "total bilirubin" and "tidal volume" do not.</summary>
    public static bool AreAdded(List<TopicMention> topics, List<ConceptMention> concepts) =>
        (topics.Exists(mention => mention.Topic.Kinds is [RecordKind.Output] or [RecordKind.Intake]) || (concepts.Count > 0 && concepts.TrueForAll(concept => concept.Kinds.Contains(RecordKind.Output))))
        && !concepts.Exists(concept => concept.Kinds.Contains(RecordKind.LaboratoryResult));

    private static bool AreMeasured(RecordKind kind) => kind is RecordKind.Observation or RecordKind.LaboratoryResult or RecordKind.VitalSign;
}
