using System.Collections.Frozen;

namespace MedGemma.Agents.Planning.Builtin.Reading.Values;

/// <summary>Words that say which way a number went.</summary>
internal static class ChangeWords
{
    private static readonly FrozenSet<string> s_up = new[]
    {
        "higher", "greater", "larger", "bigger", "heavier", "taller", "rise", "rises", "rising", "risen", "rose", "increase", "increases", "increased", "increasing", "climb", "climbs", "climbed", "climbing",
        "gain", "gained", "gaining", "grow", "grown", "grew", "raised", "jumped", "jump", "upward", "upwards",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_down = new[]
    {
        "lower", "smaller", "lighter", "shorter", "fall", "falls", "falling", "fallen", "fell", "decrease", "decreases", "decreased", "decreasing", "drop", "drops", "dropped", "dropping", "decline", "declined", "declining",
        "lose", "loses", "lost", "losing", "loss", "reduction", "reduced", "shrunk", "dip", "dipped", "sunk", "downward", "downwards",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_verbsBeforeSide = new[] { "go", "goes", "going", "gone", "went", "come", "coming", "came", "trending", "trended", "moving", "moved", "heading", "crept" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The direction said at a token and how many tokens say it, or null.</summary>
    public static (bool Up, int Words)? ReadAt(QuestionWordAt word, int at)
    {
        if (s_verbsBeforeSide.Contains(word(at)) && word(at + 1) is "up" or "down" or "upwards" or "downwards")
            return (word(at + 1)[0] == 'u', 2);
        if (word(at) is "put" && word(at + 1) is "on")
            return (true, 2);

        // "Below the previous one".
        if (word(at) is "above" or "below" && word(word(at + 1) is "the" or "his" or "her" or "my" ? at + 2 : at + 1) is "previous" or "prior" or "preceding" or "penultimate")
            return (word(at)[0] == 'a', 1);

        return s_up.Contains(word(at)) ? (true, 1) : s_down.Contains(word(at)) ? (false, 1) : word(at) is "up" or "down" && !IsParticle(word(at - 1)) ? (word(at) is "up", 1) : null;
    }

    // "Check-up", "follow-up", "picked up".
    private static bool IsParticle(string before) => before is "check" or "checked" or "follow" or "followed" or "work" or "worked" or "pick" or "picked" or "write" or "written" or "set" or "broken" or "break" or "run" or "turned" or "lying" or "sit" or "stand" or "catch" or "top" or "wake" or "woke" or "throwing" or "throw" or "looked" or "look";

    /// <summary>Whether the word names a change as a thing: "the rise", "any drop".</summary>
    public static bool IsNoun(string word) => word is "rise" or "increase" or "climb" or "gain" or "jump" or "fall" or "decrease" or "drop" or "decline" or "loss" or "reduction" or "dip" or "change" or "difference" or "delta";
}
