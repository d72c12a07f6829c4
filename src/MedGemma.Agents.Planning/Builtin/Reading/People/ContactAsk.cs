using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.People;

/// <summary>What is asked of the people to contact about the patient.</summary>
/// <param name="Element">The name, how to reach them, where they live, or how they are related.</param>
/// <param name="Relation">Words one of which says how the one is related who is meant; empty for all.</param>
internal sealed record ContactAsk(ResultElement Element, IReadOnlyList<string> Relation);
