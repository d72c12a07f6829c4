namespace MedGemma.Agents.Sessions.Storage;

/// <summary>A turn with what came of it.</summary>
/// <param name="Turn">The turn.</param>
/// <param name="Result">Null while it runs, and for ever when a crash interrupted it.</param>
public sealed record StoredTurn(TurnRow Turn, TurnResultRow? Result);
