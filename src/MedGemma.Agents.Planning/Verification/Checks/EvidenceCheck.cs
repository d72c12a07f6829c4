using System.Text.Json;
using MedGemma.Agents.Planning.Verification.Reading;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Verification.Checks;

/// <summary>The evidence of a claim must be evidence of its result, and stand in this record in the version named.</summary>
internal sealed class EvidenceCheck : IClaimCheck
{
    public IEnumerable<string> Find(ClaimContext context)
    {
        var ofResult = context.Facts.SelectMany(fact => fact.Proof).ToLookup(evidence => (evidence.Resource, evidence.Path));
        var ofClaim = context.Claim.Evidence.Concat(context.Claim.Derivation?.Inputs ?? []).ToList();
        if (ofClaim.Any(evidence => !ofResult[(evidence.Resource, evidence.Path)].Any(known => IsSame(evidence, known))))
            yield return "evidence that is not of the result";
        if (ofClaim.Any(evidence => !context.Record.TryFollow(evidence.Resource.ToString(), out var resource)
            || resource.Version != evidence.Version
            || resource.Key != evidence.Resource))
            yield return "evidence that is not in this record";
        if (context.Cited.Count == 0)
            yield return "no evidence";
    }

    private static bool IsSame(Evidence one, Evidence other) =>
        one.Version == other.Version && one.Unit == other.Unit && one.Time == other.Time && IsSame(one.Value, other.Value);

    private static bool IsSame(JsonElement one, JsonElement other) =>
        one.ValueKind == JsonValueKind.Undefined || other.ValueKind == JsonValueKind.Undefined
            ? one.ValueKind == other.ValueKind
            : JsonElement.DeepEquals(one, other);
}
