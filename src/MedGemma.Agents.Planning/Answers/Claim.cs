using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Answers;

/// <summary>One sentence of an answer with its proof.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="QueryIndex">Index into <see cref="Answer.Queries"/> of the result that it speaks of, -1 when of none.</param>
/// <param name="Evidence">What it rests on.</param>
/// <param name="Derivation">How its value was computed, or null.</param>
/// <param name="Verdict">What the verifier found.</param>
public sealed record Claim(string Text, int QueryIndex, IReadOnlyList<Evidence> Evidence, Derivation? Derivation, Verdict Verdict)
{
    /// <summary>The words of a note that it quotes, or null. What a note says is not what the chart holds.</summary>
    public NoteQuote? Quote { get; init; }

    /// <summary>What it is true of; a note's words are those of that note.</summary>
    public ClaimScope Scope { get; init; }

    /// <summary>True when it rests on the words of a note.</summary>
    public bool IsNoteDerived => Quote is not null;
}
