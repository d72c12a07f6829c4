using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Writing;

/// <summary>Says why a result leaves the question open, and what would close it.</summary>
internal static class OpenReasons
{
    public static string Of(QueryResult result)
    {
        if (result.Problem is { } problem)
            return problem.Message;

        if (result.Concepts.FirstOrDefault(concept => concept.Ambiguous) is { } ambiguous)
            return $"\"{ambiguous.Asked}\" can mean {string.Join(" or ", ambiguous.Taken.Select(name => $"\"{name}\""))} in this record; say which.";

        return $"Not supplied: nothing was found, and the record does not prove that {string.Join(", ", result.Missing)} is complete. "
            + "Declare the types that were supplied in full, or ask a source that states totals.";
    }
}
