using System.CommandLine;

namespace MedGemma.Agents.Host.Commands;

/// <summary><c>medgemma models</c>: what models are configured, what this machine can run, what they cost, how fast they are, and a chat with one.</summary>
internal static class ModelsCommand
{
    /// <summary>Creates the verb with its own verbs.</summary>
    public static Command Create() => new("models", "Models: what is configured, what this machine can run, what they cost, how fast they are, and a chat with one.")
    {
        ModelsListCommand.Create(),
        ModelsDoctorCommand.Create(),
        ModelsPlanCommand.Create(),
        ModelsBenchCommand.Create(),
        ModelsChatCommand.Create(),
    };
}
