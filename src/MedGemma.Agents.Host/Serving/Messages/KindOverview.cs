using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Host.Serving.Messages;

/// <summary>How much there is of one kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Count">Resources that count.</param>
/// <param name="NotCounted">Resources that never count: entered in error, not done, refuted.</param>
/// <param name="From">Clinical time of the first that counts, as recorded, or null.</param>
/// <param name="Until">Clinical time of the last that counts, as recorded, or null.</param>
internal sealed record KindOverview(RecordKind Kind, int Count, int NotCounted, string? From, string? Until);
