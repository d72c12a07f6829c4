using MedGemma.Agents.Planning.Verification.Reading;

namespace MedGemma.Agents.Planning.Verification.Checks;

/// <summary>Looks at a whole claim beside its whole result. Stateless.</summary>
internal interface IClaimCheck
{
    /// <summary>Each thing that is not borne out.</summary>
    IEnumerable<string> Find(ClaimContext context);
}
