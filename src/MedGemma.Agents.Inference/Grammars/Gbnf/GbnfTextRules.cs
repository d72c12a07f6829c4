namespace MedGemma.Agents.Inference.Grammars.Gbnf;

/// <summary>The shape of a grammar text: which rules there are, and what each of their alternatives is made of. Groups are rules without a name.</summary>
/// <param name="Names">Numbers of the named rules.</param>
/// <param name="Rules">The alternatives of each rule.</param>
internal sealed record GbnfTextRules(IReadOnlyDictionary<string, int> Names, IReadOnlyList<IReadOnlyList<IReadOnlyList<GbnfTextRules.Item>>> Rules)
{
    /// <summary>A piece of an alternative.</summary>
    /// <param name="Rule">The rule that it calls; null for a character, or for a text that is not empty.</param>
    /// <param name="MayBeEmpty">Whether it may be left out, or is an empty text.</param>
    /// <param name="Endless">Whether it may come any number of times.</param>
    internal sealed record Item(int? Rule, bool MayBeEmpty = false, bool Endless = false);
}
