using System.Collections.Immutable;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Conditions;

/// <summary>The record does not say whether the patient had it at the instant.</summary>
public sealed record UndeterminedCondition : ConditionState
{
    internal UndeterminedCondition(string reason, ImmutableArray<StateGround> grounds)
        : base(reason, grounds)
    {
    }
}
