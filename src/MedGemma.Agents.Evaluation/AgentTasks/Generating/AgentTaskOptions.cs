using MedGemma.Agents.Evaluation.Synthesis;

namespace MedGemma.Agents.Evaluation.AgentTasks.Generating;

/// <summary>What the agent suite generates. The same options give the same bytes on every machine.</summary>
public sealed record AgentTaskOptions
{
    /// <summary>Patients.</summary>
    /// <value>Default: 24, three of each kind of life.</value>
    public int Patients { get; init; } = 24;

    /// <summary>Seed of every random choice; other patients than those of the record suite.</summary>
    /// <value>Default: 300.</value>
    public ulong Seed { get; init; } = 300;

    /// <summary>Resources of each patient.</summary>
    /// <value>Default: 480.</value>
    public int Resources { get; init; } = 480;

    /// <summary>What the generator is asked for.</summary>
    internal SynthesisOptions Synthesis => new() { Patients = Patients, Seed = Seed, TargetResources = Resources };
}
