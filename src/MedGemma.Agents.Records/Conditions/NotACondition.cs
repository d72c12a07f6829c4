using System.Collections.Immutable;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Conditions;

/// <summary>No disease of this patient at any instant: refuted, entered in error, or the family's.</summary>
public sealed record NotACondition : ConditionState
{
    internal NotACondition(string reason, ImmutableArray<StateGround> grounds)
        : base(reason, grounds)
    {
    }
}
