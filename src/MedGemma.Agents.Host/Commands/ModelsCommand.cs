using System.CommandLine;

namespace MedGemma.Agents.Host.Commands;

/// <summary><c>medgemma models</c>: what models are configured, what this machine can run, how fast, and a chat with one.</summary>
internal static class ModelsCommand
{
    /// <summary>Creates the verb with its own verbs.</summary>
    public static Command Create() => new("models", "Models: what is configured, what this machine can run, how fast, and a chat with one.")
    {
        ModelsListCommand.Create(),
        ModelsDoctorCommand.Create(),
        ModelsBenchCommand.Create(),
        ModelsChatCommand.Create(),
    };
}
