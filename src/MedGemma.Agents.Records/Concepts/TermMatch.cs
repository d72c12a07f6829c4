namespace MedGemma.Agents.Records.Concepts;

/// <summary>What a vocabulary term matches in a record.</summary>
/// <param name="Taken">Entries that are the term.</param>
/// <param name="Left">Entries that mention it but are something else: another specimen, a family history, a negation.</param>
internal sealed record TermMatch(IReadOnlySet<int> Taken, IReadOnlySet<int> Left);
