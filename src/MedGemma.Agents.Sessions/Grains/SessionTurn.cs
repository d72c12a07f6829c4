using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Sessions.Storage;

namespace MedGemma.Agents.Sessions.Grains;

/// <summary>What came of running a turn, before it is stored.</summary>
/// <param name="Result">The row to store.</param>
/// <param name="Problem">Why there is no answer, or <see cref="SessionProblem.None"/>.</param>
/// <param name="Earlier">What a follow-up may refer to, or null when the turn failed.</param>
internal sealed record SessionTurn(TurnResultRow Result, SessionProblem Problem, EarlierQuestion? Earlier)
{
    /// <summary>Content of the record whose versions the session lists once this turn is stored; null when the turn read none.</summary>
    public string? Listed { get; init; }
}
