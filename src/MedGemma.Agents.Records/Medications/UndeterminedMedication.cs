using System.Collections.Immutable;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Medications;

/// <summary>The record does not say whether it was in force at the instant.</summary>
public sealed record UndeterminedMedication : MedicationState
{
    internal UndeterminedMedication(string reason, ImmutableArray<StateGround> grounds)
        : base(reason, grounds)
    {
    }
}
