namespace MedGemma.Agents.Host.Commands;

/// <summary>The command that brings the engine's libraries to where this program looks for them; it needs npm, and neither .NET's SDK nor the sources.</summary>
internal static class EngineRestore
{
    /// <summary>The command, for a shell.</summary>
    /// <param name="cuda">Whether the CUDA backends are to come too.</param>
    public static string Command(bool cuda) => $"sh '{Path.Combine(AppContext.BaseDirectory, "natives", "restore.sh")}'{(cuda ? " --cuda" : "")}";
}
