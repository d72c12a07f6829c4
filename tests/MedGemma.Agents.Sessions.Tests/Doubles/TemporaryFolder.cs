using Microsoft.Data.Sqlite;

namespace MedGemma.Agents.Sessions.Tests.Doubles;

/// <summary>A folder that goes with its test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("medgemma-sessions-");

    public string FullName => _folder.FullName;

    public string Sqlite => $"Data Source={Path.Combine(_folder.FullName, "sessions.db")}";

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}
