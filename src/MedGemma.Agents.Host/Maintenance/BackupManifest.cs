using System.Security.Cryptography;
using System.Text.Json;
using MedGemma.Agents.Sessions.Storage;

namespace MedGemma.Agents.Host.Maintenance;

/// <summary>What a backup holds: <c>backup.json</c> in its folder.</summary>
/// <param name="Format">Version of this form; 1.</param>
/// <param name="CreatedAt">The moment that the backup is of.</param>
/// <param name="Sessions">Where sessions were kept; those of PostgreSQL are not in the backup.</param>
/// <param name="Files">Lower-case hexadecimal SHA-256 by name of file.</param>
internal sealed record BackupManifest(int Format, DateTimeOffset CreatedAt, SessionDatabaseKind Sessions, IReadOnlyDictionary<string, string> Files)
{
    /// <summary>Name of the manifest.</summary>
    public const string FileName = "backup.json";

    /// <summary>Name of the copy of the record store.</summary>
    public const string Records = "records.db";

    /// <summary>Name of the copy of the session database.</summary>
    public const string SessionsFile = "sessions.db";

    /// <summary>The form that this program writes and reads.</summary>
    public const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter<SessionDatabaseKind>() },
    };

    /// <summary>Reads the manifest of a backup and checks every file against it.</summary>
    /// <param name="folder">The backup.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="Commands.CommandRefusedException">It is no backup, of a newer program, or damaged.</exception>
    public static async Task<BackupManifest> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        var manifest = await ParseAsync(folder, cancellationToken).ConfigureAwait(false);
        foreach (var (name, expected) in manifest.Files)
        {
            if (name is not (Records or SessionsFile) || !File.Exists(Path.Combine(folder, name)) || await HashAsync(Path.Combine(folder, name), cancellationToken).ConfigureAwait(false) != expected)
                throw new Commands.CommandRefusedException($"{folder} is damaged: {name} is missing or not what was backed up; nothing was restored");
        }

        return manifest;
    }

    /// <summary>Writes the manifest.</summary>
    public Task WriteAsync(string folder, CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, s_json), cancellationToken);

    /// <summary>The hash of a file as the manifest holds it.</summary>
    public static async Task<string> HashAsync(string file, CancellationToken cancellationToken)
    {
        var content = File.OpenRead(file);
        await using var _ = content.ConfigureAwait(false);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken).ConfigureAwait(false));
    }

    private static async Task<BackupManifest> ParseAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            var text = await File.ReadAllTextAsync(Path.Combine(folder, FileName), cancellationToken).ConfigureAwait(false);
            var manifest = JsonSerializer.Deserialize<BackupManifest>(text, s_json);
            if (manifest is { Format: > CurrentFormat })
                throw new Commands.CommandRefusedException($"{folder} was made by a newer program; restore it with that");
            if (manifest is { Format: CurrentFormat, Files.Count: > 0 })
                return manifest;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new Commands.CommandRefusedException($"{folder} is not a backup that can be read");
        }

        throw new Commands.CommandRefusedException($"{folder} is not a backup that can be read");
    }
}
