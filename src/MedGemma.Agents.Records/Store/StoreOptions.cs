using System.ComponentModel.DataAnnotations;

namespace MedGemma.Agents.Records.Store;

/// <summary>Where the embedded store lies and how it is filled; configuration section <c>MedGemma:Store</c>.</summary>
public sealed class StoreOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "MedGemma:Store";

    /// <summary>Folder of the store and everything else that is kept; made when it is absent, readable by its owner only.</summary>
    /// <value>A path. Default <c>$XDG_DATA_HOME/medgemma</c>, else <c>~/.local/share/medgemma</c>; none where there is no home.</value>
    [Required(AllowEmptyStrings = false, ErrorMessage = "MedGemma:Store:DataFolder is empty: name the folder that holds the store.")]
    public string DataFolder { get; set; } = DefaultDataFolder();

    /// <summary>Longest NDJSON line, bundle entry or single resource that an import takes; what is longer is reported and passed over.</summary>
    /// <value>Bytes after decompression. Default 64 MiB; 4 KiB to 1 GiB.</value>
    [Range(4 * 1024, 1024 * 1024 * 1024, ErrorMessage = "MedGemma:Store:MaxLineBytes must lie between 4096 and 1073741824 bytes.")]
    public int MaxLineBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>Resources that an import writes in one transaction. A bundle is always one transaction, however many it holds.</summary>
    /// <value>A count. Default 2,000; 1 to 100,000.</value>
    [Range(1, 100_000, ErrorMessage = "MedGemma:Store:BatchSize must lie between 1 and 100000 resources.")]
    public int BatchSize { get; set; } = 2_000;

    /// <summary>How long a command waits for another process that is writing.</summary>
    /// <value>Seconds. Default 60; 1 to 3,600.</value>
    [Range(1, 3600, ErrorMessage = "MedGemma:Store:BusyTimeoutSeconds must lie between 1 and 3600 seconds.")]
    public int BusyTimeoutSeconds { get; set; } = 60;

    private static string DefaultDataFolder() =>
        Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } home
            ? Path.Combine(home, "medgemma")
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } profile
                ? Path.Combine(profile, ".local", "share", "medgemma")
                : ""; // Without a home it must be named: a relative path would put patients' data wherever the program was started.
}
