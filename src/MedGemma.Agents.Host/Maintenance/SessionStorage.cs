using MedGemma.Agents.Host.Serving;
using MedGemma.Agents.Sessions;
using MedGemma.Agents.Sessions.Storage;
using Microsoft.Data.Sqlite;

namespace MedGemma.Agents.Host.Maintenance;

/// <summary>Where <c>medgemma serve</c> keeps its sessions, for commands that work on them while it does not run.</summary>
/// <param name="Options">As serve has them.</param>
/// <param name="File">The SQLite file, or null for PostgreSQL.</param>
internal sealed record SessionStorage(PatientSessionOptions Options, string? File)
{
    /// <summary>Reads the configuration as serve does.</summary>
    /// <param name="configuration">Everything configured.</param>
    /// <param name="dataFolder">The data folder.</param>
    /// <exception cref="Commands.CommandRefusedException">PostgreSQL is configured without a connection string.</exception>
    public static SessionStorage Of(IConfiguration configuration, string dataFolder)
    {
        var options = configuration.GetSection(PatientSessionOptions.SectionName).Get<PatientSessionOptions>() ?? new PatientSessionOptions();
        if (string.IsNullOrEmpty(options.ConnectionString))
        {
            options.ConnectionString = SessionDatabaseDefaults.For(configuration, dataFolder).GetValueOrDefault(SessionDatabaseDefaults.ConnectionStringKey)
                ?? throw new Commands.CommandRefusedException("MedGemma:Sessions:ConnectionString must be set: a connection string of the database that MedGemma:Sessions:Database names.");
        }

        var file = options.Database == SessionDatabaseKind.Sqlite ? Path.GetFullPath(new SqliteConnectionStringBuilder(options.ConnectionString).DataSource) : null;
        return new SessionStorage(options, file);
    }

    /// <summary>Whether there is anything: a SQLite file, or a PostgreSQL database, which only it can say.</summary>
    public bool Exists => File is null || System.IO.File.Exists(File);
}
