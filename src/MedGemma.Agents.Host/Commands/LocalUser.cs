namespace MedGemma.Agents.Host.Commands;

/// <summary>Who runs a command, for the audit: the operating system's user, whom only this machine knows.</summary>
internal static class LocalUser
{
    /// <summary>Who vouches for the user.</summary>
    public const string Issuer = "local";

    /// <summary>The user.</summary>
    public static string Name => Environment.UserName;
}
