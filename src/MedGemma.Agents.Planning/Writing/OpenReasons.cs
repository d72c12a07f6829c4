using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Writing;

/// <summary>Says why a result leaves the question open, and what would close it.</summary>
internal static class OpenReasons
{
    private const string WhatWouldCloseIt = "Declare the types that were supplied in full, in a manifest or with --complete.";

    public static string Of(QueryResult result, Receipt receipt)
    {
        if (result.Problem is { } problem)
            return problem.Message;

        if (result.Concepts.FirstOrDefault(concept => concept.Ambiguous) is { } ambiguous)
            return $"\"{ambiguous.Asked}\" can mean {string.Join(" or ", ambiguous.Taken.Select(name => $"\"{name}\""))} in this record; say which.";

        return $"Not supplied: nothing was found, and the record does not prove that {string.Join(", ", result.Missing)} is complete. {Closing(receipt)}";
    }

    /// <summary>What is not known beside values of what was supplied.</summary>
    /// <param name="results">Results that depend on what is missing.</param>
    /// <param name="receipt">What was read.</param>
    public static UnsureReason.IncompleteRecord OfIncomplete(IEnumerable<QueryResult> results, Receipt receipt)
    {
        var sentences = results.Select(result => $"{Unknown(result.Query)} is not known, because {string.Join(", ", result.OpenTypes)} was not supplied completely.");
        return new UnsureReason.IncompleteRecord($"{string.Join(' ', sentences.Distinct(StringComparer.Ordinal))} {Closing(receipt)}");
    }

    private static string Closing(Receipt receipt) =>
        receipt.Elsewhere.Count == 0 ? WhatWouldCloseIt : $"Part of the chart may lie under {MergedRecords.Names(receipt.Elsewhere)}; ask there too.";

    private static string Unknown(RecordQuery query) => query.Selection.IsOfCurrent ? "Whether that is how it stands" : query.Aggregate switch
    {
        LatestAggregate or NthAggregate { N: < 0 } => "Whether there are later ones",
        EarliestAggregate or NthAggregate => "Whether there are earlier ones",
        ExtremeAggregate { Highest: true } => "Whether there are higher ones",
        ExtremeAggregate => "Whether there are lower ones",
        ListAggregate or CountAggregate => "Whether there are more",
        _ => "Whether there are others that change it",
    };
}
