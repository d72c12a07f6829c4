namespace MedGemma.Agents.Planning.Contradictions;

/// <summary>Finds one kind of contradiction in what an answer touches. Stateless and safe for concurrent use.</summary>
internal interface IContradictionCheck
{
    /// <summary>What it looks for.</summary>
    ContradictionKind Kind { get; }

    /// <summary>The contradictions.</summary>
    /// <param name="context">What the answer touches.</param>
    /// <exception cref="OperationCanceledException">The turn or the time for it ended.</exception>
    IEnumerable<Contradiction> Find(ContradictionContext context);
}
