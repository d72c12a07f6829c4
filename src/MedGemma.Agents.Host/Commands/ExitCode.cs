namespace MedGemma.Agents.Host.Commands;

/// <summary>Exit codes of every verb.</summary>
internal static class ExitCode
{
    /// <summary>It was done.</summary>
    public const int Done = 0;

    /// <summary>It was refused or failed; one line on standard error says why.</summary>
    public const int RefusedOrFailed = 1;

    /// <summary>The command was put wrongly.</summary>
    public const int WrongUsage = 2;
}
