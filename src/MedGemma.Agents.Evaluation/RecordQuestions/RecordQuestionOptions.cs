using MedGemma.Agents.Evaluation.Synthesis;

namespace MedGemma.Agents.Evaluation.RecordQuestions;

/// <summary>What the record suite generates. The same options give the same bytes on every machine.</summary>
public sealed record RecordQuestionOptions
{
    /// <summary>Patients over all splits, at least 3.</summary>
    /// <value>Default: 81, split 42 : 20 : 19 as EHRQA's.</value>
    public int Patients { get; init; } = PatientSplits.Patients;

    /// <summary>Seed of every random choice.</summary>
    /// <value>Default: 81.</value>
    public ulong Seed { get; init; } = 81;

    /// <summary>Resources of each patient.</summary>
    /// <value>Default: 480.</value>
    public int Resources { get; init; } = 480;

    /// <summary>Most questions about one patient; fewer where a chart does not allow as many.</summary>
    /// <value>Default: 200.</value>
    public int QuestionsPerPatient { get; init; } = 200;

    /// <summary>What the generator is asked for.</summary>
    internal SynthesisOptions Synthesis => new() { Patients = Patients, Seed = Seed, TargetResources = Resources };
}
