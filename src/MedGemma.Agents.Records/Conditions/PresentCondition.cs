using System.Collections.Immutable;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Conditions;

/// <summary>The patient had it at the instant.</summary>
public sealed record PresentCondition : ConditionState
{
    internal PresentCondition(string reason, ImmutableArray<StateGround> grounds)
        : base(reason, grounds)
    {
    }
}
