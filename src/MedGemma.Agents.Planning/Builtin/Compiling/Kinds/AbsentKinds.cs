using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Kinds;

/// <summary>
/// Answers whether a record has anything of a kind, and keeps the kinds of which it has nothing: what was decided by that is only sure where those were completely supplied.
/// Made for one clause; not safe for concurrent use.
/// </summary>
/// <param name="hasAny">Whether the record has anything of a kind.</param>
internal sealed class AbsentKinds(Func<RecordKind, bool> hasAny)
{
    private readonly HashSet<RecordKind> _absent = [];

    /// <summary>Whether the record has anything of a kind.</summary>
    public bool HasAny(RecordKind kind)
    {
        var has = hasAny(kind);
        if (!has)
            _absent.Add(kind);
        return has;
    }

    /// <summary>The clause, with its queries resting on the kinds that were found absent.</summary>
    public CompiledClause Rest(CompiledClause clause) => clause is CompiledClause.Understood understood && _absent.Count > 0
        ? understood with { Queries = [.. understood.Queries.Select(query => query with { Selection = query.Selection with { RestsOn = [.. query.Selection.RestsOn.Union(_absent)] } })] }
        : clause;
}
