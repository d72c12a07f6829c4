using System.Text.Json;
using MedGemma.Agents.Planning.Verification.Reading;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Verification.Checks;

/// <summary>A computed value must come out again when it is computed from its inputs, and the claim's derivation must be the result's.</summary>
internal sealed class DerivationCheck : IClaimCheck
{
    private const decimal Tolerance = 0.000001m;

    public IEnumerable<string> Find(ClaimContext context)
    {
        if (context.Claim.Derivation is { } claimed && !context.Facts.Any(fact => fact.Value?.Derivation is { } known && IsSame(claimed, known)))
            yield return "a derivation that is not the result's";
        if (context.Cited.Any(fact => fact.Value?.Derivation is { } derivation && !Recomputes(derivation, fact)))
            yield return "a computed value that does not recompute";
    }

    private static bool IsSame(Derivation one, Derivation other) =>
        ReferenceEquals(one, other)
        || (one.Operation == other.Operation
            && one.Inputs.Select(input => (input.Resource, input.Path, input.Version)).SequenceEqual(other.Inputs.Select(input => (input.Resource, input.Path, input.Version))));

    private static bool Recomputes(Derivation derivation, Fact fact)
    {
        var inputs = derivation.Inputs;
        switch (derivation.Operation)
        {
            case "count":
                return fact.Number == inputs.Select(input => input.Resource).Distinct().Count();
            case "exists":
                return fact.Boolean == (inputs.Count > 0);
            case "mean" or "median" or "sum" or "delta":
                return inputs.Select(input => input.Unit).Distinct().Count() > 1 || Compute(derivation) is not { } value
                    || (fact.Number is { } stated && Math.Abs(stated - value) <= Tolerance * Math.Max(1, Math.Abs(value)));
            default:
                return true;
        }
    }

    private static decimal? Compute(Derivation derivation)
    {
        var numbers = new List<decimal>(derivation.Inputs.Count);
        foreach (var input in derivation.Inputs)
        {
            if (input.Value.ValueKind != JsonValueKind.Number || !input.Value.TryGetDecimal(out var number))
                return null;
            numbers.Add(number);
        }

        if (numbers.Count == 0)
            return null;
        if (derivation.Operation == "delta")
            return numbers[^1] - numbers[0];
        if (derivation.Operation != "median")
            return derivation.Operation == "sum" ? numbers.Sum() : numbers.Average();
        numbers.Sort();
        var middle = numbers.Count / 2;
        return numbers.Count % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2;
    }
}
