using MedGemma.Agents.Records.Queries.Elements;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>What a selection matched.</summary>
internal sealed class Selected
{
    /// <summary>Matches by the start of their time, those without one last.</summary>
    public List<Finding> Findings { get; private set; } = [];

    /// <summary>What each concept was taken for.</summary>
    public List<ConceptMatch> Matches { get; } = [];

    /// <summary>Types searched.</summary>
    public SortedSet<string> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>Of those and of the types that had to be followed, the ones whose absence is not proved.</summary>
    public SortedSet<string> Missing { get; } = new(StringComparer.Ordinal);

    /// <summary>What must be said with the answer.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Why the selection cannot be run, or null.</summary>
    public QueryProblem? Problem { get; set; }

    /// <summary>Why an empty result would not prove absence although the types are complete, or null.</summary>
    public string? Undetermined { get; set; }

    /// <summary>Why what was found cannot be counted although the types are complete, or null; that it is there stays true.</summary>
    public string? Incomplete { get; set; }

    /// <summary>How much of the matched series is one thing: true when the concepts were named as one.</summary>
    public bool IsOneConcept { get; set; }

    /// <summary>Puts the matches in the order of their start, those without one last.</summary>
    public void OrderByTime() => Findings = [.. Findings.OrderBy(finding => finding.Start ?? (finding.Span is null ? DateTimeOffset.MaxValue : DateTimeOffset.MinValue))];
}
