namespace MedGemma.Agents.Inference.Grammars;

/// <summary>What came of asking for a grammar: the grammar, or the reasons why there is none.</summary>
public abstract record GrammarResult
{
    private GrammarResult()
    {
    }

    /// <summary>Every text that the grammar accepts is an instance of the schema.</summary>
    /// <param name="Grammar">The grammar.</param>
    public sealed record Compiled(Grammar Grammar) : GrammarResult;

    /// <summary>The schema says something that a grammar cannot hold, or that no value satisfies.</summary>
    /// <param name="Refusals">All that was found, in document order; at least one.</param>
    public sealed record Refused(IReadOnlyList<SchemaRefusal> Refusals) : GrammarResult
    {
        /// <summary>The refusals as one line.</summary>
        public override string ToString() => string.Join("; ", Refusals);
    }
}
