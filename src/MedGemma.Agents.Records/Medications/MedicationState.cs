using System.Collections.Immutable;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Medications;

/// <summary>Whether a medication was being taken, or an order for it was in force, at one instant: computed, never read off a status alone. Closed.</summary>
public abstract record MedicationState
{
    private protected MedicationState(string reason, ImmutableArray<StateGround> grounds)
    {
        Reason = reason;
        Grounds = grounds;
    }

    /// <summary>Why, in words that can be said with it: <c>active since 2009-04-01, not renewed</c>.</summary>
    public string Reason { get; }

    /// <summary>The elements that it rests on.</summary>
    public ImmutableArray<StateGround> Grounds { get; }
}
