using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Tests.Fixtures;

/// <summary>Everything that an answer rests on, shown or not.</summary>
internal static class EvidenceOf
{
    public static IEnumerable<Evidence> Answer(Answer answer) =>
    [
        .. answer.Queries.SelectMany(result => result.Values).SelectMany(value => value.Evidence.Concat(Inputs(value.Derivation))),
        .. answer.Claims.Concat(answer.Dropped).SelectMany(claim => claim.Evidence.Concat(Inputs(claim.Derivation))),
    ];

    private static IEnumerable<Evidence> Inputs(Derivation? derivation) => derivation?.Inputs ?? [];
}
