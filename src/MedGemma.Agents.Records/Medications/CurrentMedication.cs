using System.Collections.Immutable;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Medications;

/// <summary>In force at the instant.</summary>
public sealed record CurrentMedication : MedicationState
{
    internal CurrentMedication(string reason, ImmutableArray<StateGround> grounds)
        : base(reason, grounds)
    {
    }
}
