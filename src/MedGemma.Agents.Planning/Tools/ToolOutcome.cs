using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Tools;

/// <summary>What a tool gave; closed.</summary>
public abstract record ToolOutcome
{
    private ToolOutcome()
    {
    }

    /// <summary>Queries were run: claims may rest on these results.</summary>
    /// <param name="Results">The results, at least one.</param>
    public sealed record Queried(IReadOnlyList<QueryResult> Results) : ToolOutcome;

    /// <summary>Something for the model to know, on which no claim can rest.</summary>
    /// <param name="Text">Bounded text without control tokens.</param>
    public sealed record Explained(string Text) : ToolOutcome;

    /// <summary>The call could not be carried out.</summary>
    /// <param name="Failure">Why, in words the model can act on.</param>
    public sealed record Failed(ToolFailure Failure) : ToolOutcome;
}
