namespace MedGemma.Agents.Planning.Builtin.Language;

/// <summary>Consecutive tokens of a question.</summary>
/// <param name="First">Index of the first token.</param>
/// <param name="Count">Number of tokens.</param>
internal readonly record struct TokenSpan(int First, int Count)
{
    public int After => First + Count;

    public bool Overlaps(TokenSpan other) => First < other.After && other.First < After;
}
