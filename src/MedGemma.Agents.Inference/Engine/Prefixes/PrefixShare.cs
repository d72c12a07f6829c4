namespace MedGemma.Agents.Inference.Engine.Prefixes;

/// <summary>What a running sequence has to do with the kept prefixes.</summary>
/// <param name="Node">The end of the path that it protects from being forgotten; null for none.</param>
/// <param name="Length">So many of its cells, from the start, are those of the kept path.</param>
internal readonly record struct PrefixShare(PrefixNode? Node, int Length)
{
    /// <summary>Nothing.</summary>
    public static PrefixShare Nothing => default;
}
