using System.Collections.Immutable;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Medications;

/// <summary>Over before the instant.</summary>
public sealed record EndedMedication : MedicationState
{
    internal EndedMedication(string reason, ImmutableArray<StateGround> grounds)
        : base(reason, grounds)
    {
    }
}
