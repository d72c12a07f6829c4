using System.CommandLine;

namespace MedGemma.Agents.Host.Commands;

/// <summary>The option that names the data folder.</summary>
internal static class DataFolderOption
{
    /// <summary>Makes <c>--data-folder</c>.</summary>
    public static Option<string?> Create() => new("--data-folder")
    {
        Description = "Folder that holds the store. Default: MedGemma:Store:DataFolder, else $XDG_DATA_HOME/medgemma, else ~/.local/share/medgemma.",
    };
}
