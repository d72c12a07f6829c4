namespace MedGemma.Agents.Host.Commands;

/// <summary>What <c>medgemma eval qa</c> needs of the composition root: a record source over files, a record builder and a question answerer.</summary>
/// <param name="DataPaths">Existing files and folders of FHIR data.</param>
/// <param name="CompleteTypes">Resource types that the caller vouches for being complete; <see cref="AllTypes"/> alone for every type.</param>
/// <param name="Planner">Name of the planner, or null for the configured one.</param>
internal sealed record EvalServicesRequest(IReadOnlyList<string> DataPaths, IReadOnlyList<string> CompleteTypes, string? Planner)
{
    /// <summary>The word for every type.</summary>
    public const string AllTypes = "all";
}
