namespace MedGemma.Agents.Evaluation.Synthesis;

/// <summary>What to synthesise. The same options give the same bytes on every machine.</summary>
public sealed record SynthesisOptions
{
    /// <summary>Fewest resources of one patient.</summary>
    public const int FewestResources = 50;

    /// <summary>Most resources of one patient.</summary>
    public const int MostResources = 100_000;

    /// <summary>Number of patients, at least 1.</summary>
    public required int Patients { get; init; }

    /// <summary>Seed of every random choice and of every id.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Exact number of resources of each patient, staff and places included; 50 to 100,000.</summary>
    /// <value>Default: 420 resources, enough for every disease course and every status trap.</value>
    public int TargetResources { get; init; } = 420;

    /// <summary>The day on which the questions are asked, at 12:00 UTC; appointments lie after it, everything else before it except what is planted to be later.</summary>
    /// <value>Default: 2026-01-15.</value>
    public DateOnly AsOf { get; init; } = new(2026, 1, 15);

    /// <summary>How resources refer to each other.</summary>
    /// <value>Default: relative references.</value>
    public ReferenceForm References { get; init; } = ReferenceForm.Relative;
}
