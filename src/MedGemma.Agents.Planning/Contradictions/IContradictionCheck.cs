namespace MedGemma.Agents.Planning.Contradictions;

/// <summary>Finds one kind of contradiction in what an answer touches. Stateless and safe for concurrent use.</summary>
internal interface IContradictionCheck
{
    /// <summary>The contradictions.</summary>
    /// <param name="context">What the answer touches.</param>
    IEnumerable<Contradiction> Find(ContradictionContext context);
}
