namespace MedGemma.Agents.Sessions.Storage;

/// <summary>Where sessions, turns and audit are kept.</summary>
public enum SessionDatabaseKind
{
    /// <summary>A SQLite file, for one machine.</summary>
    Sqlite,

    /// <summary>PostgreSQL, for several silos.</summary>
    Postgres,
}
