namespace MedGemma.Agents.Planning.Builtin.Language;

/// <summary>Consecutive tokens of a question.</summary>
/// <param name="First">Index of the first token.</param>
/// <param name="Count">Number of tokens.</param>
internal readonly record struct TokenSpan(int First, int Count)
{
    public int After => First + Count;

    /// <summary>From the first token of one to the last of the other.</summary>
    public static TokenSpan Over(TokenSpan first, TokenSpan second) => new(first.First, Math.Max(first.After, second.After) - first.First);

    public bool Contains(TokenSpan other) => First <= other.First && other.After <= After;

    public bool Overlaps(TokenSpan other) => First < other.After && other.First < After;
}
