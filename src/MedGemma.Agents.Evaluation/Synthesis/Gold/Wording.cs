namespace MedGemma.Agents.Evaluation.Synthesis.Gold;

/// <summary>The ways to ask one thing, as a clinician and as the patient; <c>{x}</c> stands for what is asked about.</summary>
internal sealed record Wording(IReadOnlyList<string> Clinical, IReadOnlyList<string> Patient)
{
    /// <summary>A clinician's ways that no file of questions for development uses: the test split of the record suite is asked in these alone.</summary>
    public IReadOnlyList<string> HeldOut { get; init; } = [];
}
