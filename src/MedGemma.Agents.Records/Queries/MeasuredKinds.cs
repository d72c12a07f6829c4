using System.Collections.Immutable;

namespace MedGemma.Agents.Records.Queries;

/// <summary>Kinds of Observations, of which a source need not say which one an Observation is.</summary>
internal static class MeasuredKinds
{
    /// <summary>Whether something that is nothing narrower than an Observation may be of a kind that was asked for: a result without a category is a laboratory result as well as any.</summary>
    /// <param name="own">Its kinds.</param>
    /// <param name="asked">Kinds asked for.</param>
    public static bool MayBe(ImmutableArray<RecordKind> own, IReadOnlySet<RecordKind> asked) =>
        own is [RecordKind.Observation] && (asked.Contains(RecordKind.LaboratoryResult) || asked.Contains(RecordKind.VitalSign) || asked.Contains(RecordKind.SocialHistory));
}
