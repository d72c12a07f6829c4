using System.Collections.Immutable;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Conditions;

/// <summary>The patient no longer had it at the instant.</summary>
public sealed record EndedCondition : ConditionState
{
    internal EndedCondition(string reason, ImmutableArray<StateGround> grounds)
        : base(reason, grounds)
    {
    }
}
