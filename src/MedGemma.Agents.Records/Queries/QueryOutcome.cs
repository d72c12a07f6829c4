namespace MedGemma.Agents.Records.Queries;

/// <summary>The three states of a search, kept apart so that an error is never read as "none".</summary>
public enum QueryOutcome
{
    /// <summary>There is something.</summary>
    Found,
    /// <summary>Nothing, and the receipt proves that nothing is missing.</summary>
    SearchedAndEmpty,
    /// <summary>Nothing, but the types were not completely supplied, so that absence is not proved.</summary>
    NotSupplied,
    /// <summary>The query could not be answered: <see cref="QueryResult.Problem"/> says why.</summary>
    Failed,
}
