using System.ComponentModel.DataAnnotations;
using MedGemma.Agents.Sessions.Storage;

namespace MedGemma.Agents.Sessions;

/// <summary>How patient sessions behave and where they are kept; section <c>MedGemma:Sessions</c>.</summary>
public sealed class PatientSessionOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string SectionName = "MedGemma:Sessions";

    /// <summary>The database of sessions, turns and audit.</summary>
    /// <value><c>Sqlite</c> (default) or <c>Postgres</c>.</value>
    public SessionDatabaseKind Database { get; set; } = SessionDatabaseKind.Sqlite;

    /// <summary>How the database is reached.</summary>
    /// <value>An ADO.NET connection string; `medgemma serve` fills in <c>sessions.db</c> of its data folder for SQLite.</value>
    [Required(AllowEmptyStrings = false, ErrorMessage = "MedGemma:Sessions:ConnectionString must be set: a connection string of the database that MedGemma:Sessions:Database names.")]
    public string ConnectionString { get; set; } = "";

    /// <summary>Longest time that a turn may take.</summary>
    /// <value>A time span; default 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "06:00:00", ErrorMessage = "MedGemma:Sessions:TurnTimeout must be between 00:00:01 and 06:00:00.")]
    public TimeSpan TurnTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// A turn that ends within this time is written whole, in one transaction; one that takes longer is written when it begins, and then its steps are
    /// shown. Of a turn that a crash cuts off before either, nothing was shown and nothing is kept.
    /// </summary>
    /// <value>A time span; default 50 milliseconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:01", ErrorMessage = "MedGemma:Sessions:QuickTurn must be between 00:00:00.001 and 00:00:01.")]
    public TimeSpan QuickTurn { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long an idle session stays in memory; it comes back whole from its rows.</summary>
    /// <value>A time span; default 15 minutes, at least a little over one minute.</value>
    [Range(typeof(TimeSpan), "00:01:01", "1.00:00:00", ErrorMessage = "MedGemma:Sessions:IdleAfter must be between 00:01:01 and 1.00:00:00.")]
    public TimeSpan IdleAfter { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Earlier questions that a follow-up may refer to.</summary>
    /// <value>A number of turns; default 20.</value>
    [Range(0, 1000, ErrorMessage = "MedGemma:Sessions:EarlierTurns must be between 0 and 1000.")]
    public int EarlierTurns { get; set; } = 20;

    /// <summary>Newest turns that reading a session gives.</summary>
    /// <value>A number of turns; default 200.</value>
    [Range(1, 10_000, ErrorMessage = "MedGemma:Sessions:ReadTurns must be between 1 and 10000.")]
    public int ReadTurns { get; set; } = 200;
}
