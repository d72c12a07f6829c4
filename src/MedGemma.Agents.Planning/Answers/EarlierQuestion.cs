using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Answers;

/// <summary>A question already answered in the same session.</summary>
/// <param name="Text">The question.</param>
/// <param name="Queries">The queries it was planned as.</param>
public sealed record EarlierQuestion(string Text, IReadOnlyList<RecordQuery> Queries);
