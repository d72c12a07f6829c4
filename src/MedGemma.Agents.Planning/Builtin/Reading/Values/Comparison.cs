using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Values;

/// <summary>A comparison of two values of one thing: "has it risen since the one before", "how much lower is it than in March".</summary>
/// <param name="Aggregate">Whether the last differs so from the first, or by how much.</param>
/// <param name="With">The time of the value compared with, where the question states it; null where the aggregate chooses it.</param>
internal sealed record Comparison(Aggregate Aggregate, TimePhrase? With)
{
    /// <summary>True when the value compared with is that of the frame's anchor: "than on admission".</summary>
    public bool WithAnchor { get; init; }
}
