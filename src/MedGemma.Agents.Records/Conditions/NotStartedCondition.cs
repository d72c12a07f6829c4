using System.Collections.Immutable;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Conditions;

/// <summary>Not begun, or not yet recorded, at the instant.</summary>
public sealed record NotStartedCondition : ConditionState
{
    internal NotStartedCondition(string reason, ImmutableArray<StateGround> grounds)
        : base(reason, grounds)
    {
    }
}
