using System.Text.Json;
using MedGemma.Agents.Planning.Verification.Reading;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Queries.Derivations;

namespace MedGemma.Agents.Planning.Verification.Checks;

/// <summary>A computed value must come out again when it is computed from its inputs, and the claim's derivation must be the result's.</summary>
internal sealed class DerivationCheck(DerivationRecomputer recomputer) : IClaimCheck
{
    private const decimal Tolerance = 0.000001m;

    public IEnumerable<string> Find(ClaimContext context)
    {
        if (context.Claim.Derivation is { } claimed && !context.Facts.Any(fact => fact.Value?.Derivation is { } known && IsSame(claimed, known)))
            yield return "a derivation that is not the result's";
        if (context.Cited.Any(fact => fact.Value is { Derivation: { } derivation } value && !Recomputes(derivation, value.Value)))
            yield return "a computed value that does not recompute";
    }

    private static bool IsSame(Derivation one, Derivation other) =>
        ReferenceEquals(one, other)
        || (one.Operation == other.Operation
            && one.Inputs.Select(input => (input.Resource, input.Path, input.Version))
                .SequenceEqual(other.Inputs.Select(input => (input.Resource, input.Path, input.Version))));

    private bool Recomputes(Derivation derivation, JsonElement stated)
    {
        if (!recomputer.TryRecompute(derivation, out var computed))
            return false;
        if (stated.ValueKind != JsonValueKind.Number || computed.ValueKind != JsonValueKind.Number)
            return JsonElement.DeepEquals(stated, computed);
        return stated.TryGetDecimal(out var one) && computed.TryGetDecimal(out var other)
            && Math.Abs(one - other) <= Tolerance * Math.Max(1, Math.Abs(other));
    }
}
