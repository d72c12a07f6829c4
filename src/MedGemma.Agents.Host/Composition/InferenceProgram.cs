using MedGemma.Agents.Inference.Supervision;
using MedGemma.Agents.Records.Store;

namespace MedGemma.Agents.Host.Composition;

/// <summary>How this program starts itself as an inference process.</summary>
internal static class InferenceProgram
{
    private const string Verb = "inference";

    private static readonly string[] s_needed = ["MedGemma__Telemetry", "Logging"];

    /// <summary>This program's own executable, or <c>dotnet</c> with its assembly where it was started so.</summary>
    public static InferenceLaunch Launch { get; } = Find();

    /// <summary>Where hashes of model files are kept in a data folder.</summary>
    public static string HashFolder(string dataFolder) => Path.Combine(dataFolder, "model-hashes");

    /// <summary>Where hashes of model files are kept; null where there is no data folder, which is not made for them.</summary>
    public static string? HashFolder(IConfiguration configuration)
    {
        var dataFolder = (configuration.GetSection(StoreOptions.Section).Get<StoreOptions>() ?? new StoreOptions()).DataFolder;
        return Directory.Exists(dataFolder) ? HashFolder(dataFolder) : null;
    }

    /// <summary>Settings for other parts, the sessions' database and its password among them, which libpq's own variables may hold too.</summary>
    internal static bool IsWithheld(string variable) =>
        variable.StartsWith("PG", StringComparison.Ordinal)
        || (variable.StartsWith(CommandServices.VariablePrefix, StringComparison.OrdinalIgnoreCase) && !s_needed.Any(needed => variable.StartsWith(CommandServices.VariablePrefix + needed, StringComparison.OrdinalIgnoreCase)));

    private static InferenceLaunch Find()
    {
        var assembly = Path.Combine(AppContext.BaseDirectory, "medgemma.dll");
        var own = Environment.ProcessPath;
        var launch = own is not null && Path.GetFileNameWithoutExtension(own) == "medgemma"
            ? new InferenceLaunch(own, [Verb])
            : new InferenceLaunch(own is not null && Path.GetFileNameWithoutExtension(own) == "dotnet" ? own : "dotnet", [assembly, Verb]);
        return launch with { WithheldVariables = [.. Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(IsWithheld)] };
    }
}
