using MedGemma.Agents.Sessions;
using MedGemma.Agents.Sessions.Storage;
using Microsoft.Data.Sqlite;

namespace MedGemma.Agents.Host.Serving;

/// <summary>Where sessions are kept when nothing is configured: <c>sessions.db</c> in the data folder.</summary>
internal static class SessionDatabaseDefaults
{
    public const string ConnectionStringKey = PatientSessionOptions.SectionName + ":" + nameof(PatientSessionOptions.ConnectionString);

    public const string FileName = "sessions.db";

    public static Dictionary<string, string?> For(IConfiguration configuration, string dataFolder)
    {
        // PostgreSQL has no sensible default: the option's own validation says what is missing.
        var database = configuration[PatientSessionOptions.SectionName + ":" + nameof(PatientSessionOptions.Database)];
        if (string.Equals(database, nameof(SessionDatabaseKind.Postgres), StringComparison.OrdinalIgnoreCase))
            return [];

        var connection = new SqliteConnectionStringBuilder { DataSource = Path.Combine(dataFolder, FileName) };
        return new Dictionary<string, string?> { [ConnectionStringKey] = connection.ConnectionString };
    }
}
