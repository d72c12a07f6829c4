namespace MedGemma.Agents.Planning.Answers;

/// <summary>What a model may use up in a turn.</summary>
public enum TurnBudgetKind
{
    /// <summary>Calls of the model.</summary>
    Steps,

    /// <summary>Queries to the record.</summary>
    Queries,

    /// <summary>Tokens read and written.</summary>
    Tokens,

    /// <summary>Time.</summary>
    Time,
}
