namespace MedGemma.Agents.Host.Commands;

/// <summary>Ends a command with one clear line on standard error.</summary>
internal sealed class CommandRefusedException : Exception
{
    public CommandRefusedException(string message, int exitCode = Commands.ExitCode.RefusedOrFailed)
        : base(message) => ExitCode = exitCode;

    /// <summary>The exit code.</summary>
    public int ExitCode { get; }
}
