using System.Collections.Immutable;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Medications;

/// <summary>Not begun at the instant, or never to begin: cancelled, not taken, entered in error.</summary>
public sealed record NotStartedMedication : MedicationState
{
    internal NotStartedMedication(string reason, ImmutableArray<StateGround> grounds)
        : base(reason, grounds)
    {
    }
}
