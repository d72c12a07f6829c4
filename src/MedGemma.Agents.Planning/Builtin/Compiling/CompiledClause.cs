using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling;

/// <summary>What became of one clause; closed.</summary>
internal abstract record CompiledClause
{
    private CompiledClause()
    {
    }

    /// <summary>It is these queries.</summary>
    /// <param name="Queries">The queries, in the order they are answered.</param>
    /// <param name="Readings">How open readings were taken, to be said in the answer.</param>
    public sealed record Understood(IReadOnlyList<RecordQuery> Queries, IReadOnlyList<string> Readings) : CompiledClause;

    /// <summary>It was not understood.</summary>
    /// <param name="Reason">What was understood and what would make it answerable.</param>
    public sealed record NotUnderstood(string Reason) : CompiledClause;
}
