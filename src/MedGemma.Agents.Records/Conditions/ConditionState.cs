using System.Collections.Immutable;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Conditions;

/// <summary>Whether the patient had a condition at one instant: computed from onset, abatement, clinical status and death. Closed.</summary>
public abstract record ConditionState
{
    private protected ConditionState(string reason, ImmutableArray<StateGround> grounds)
    {
        Reason = reason;
        Grounds = grounds;
    }

    /// <summary>Why, in words that can be said with it.</summary>
    public string Reason { get; }

    /// <summary>The elements that it rests on.</summary>
    public ImmutableArray<StateGround> Grounds { get; }
}
