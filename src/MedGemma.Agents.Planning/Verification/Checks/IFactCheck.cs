using MedGemma.Agents.Planning.Verification.Reading;

namespace MedGemma.Agents.Planning.Verification.Checks;

/// <summary>Decides whether a fact bears out one piece of a sentence. Stateless.</summary>
internal interface IFactCheck
{
    /// <summary>Whether the check has a say about a piece.</summary>
    bool Concerns(Piece piece);

    /// <summary>Whether the fact bears the piece out.</summary>
    bool Supports(Piece piece, Fact fact, ClaimContext context);

    /// <summary>What is wrong when no fact does.</summary>
    string Describe(Piece piece, ClaimContext context);
}
