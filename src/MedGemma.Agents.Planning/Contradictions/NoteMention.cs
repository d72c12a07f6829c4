namespace MedGemma.Agents.Planning.Contradictions;

/// <summary>A name that stands in a sentence of a note, as whole words.</summary>
/// <param name="Sentence">The sentence.</param>
/// <param name="Start">Offset of the name in it.</param>
/// <param name="Length">Length of the name.</param>
internal readonly record struct NoteMention(NoteSentence Sentence, int Start, int Length)
{
    /// <summary>Offset of what stands behind the name.</summary>
    public int End => Start + Length;

    /// <summary>What stands before the name, at most so many characters.</summary>
    public ReadOnlySpan<char> Before(int most) => Sentence.Text.AsSpan(Math.Max(0, Start - most), Math.Min(Start, most));
}
