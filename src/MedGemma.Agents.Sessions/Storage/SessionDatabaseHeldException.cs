namespace MedGemma.Agents.Sessions.Storage;

/// <summary>The database is held by an erasure, so that no server may use it now.</summary>
public sealed class SessionDatabaseHeldException()
    : InvalidOperationException("A patient is being erased from the session database; start again when that has ended.");
