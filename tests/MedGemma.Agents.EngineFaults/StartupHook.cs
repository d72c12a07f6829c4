using MedGemma.Agents.EngineFaults;

/// <summary>
/// What .NET calls before <c>Main</c> of a program whose <c>DOTNET_STARTUP_HOOKS</c> names this assembly; the name and the missing namespace are .NET's. So the real program can be
/// made to fail as its engine fails, and has nothing in it for that.
/// </summary>
#pragma warning disable CA1050 // .NET looks for the hook outside any namespace.
internal static class StartupHook
#pragma warning restore CA1050
{
    /// <summary>Lies in wait in inference processes; in others, which inherit the variable, it does nothing.</summary>
    public static void Initialize()
    {
        var arguments = Environment.GetCommandLineArgs();
        if (arguments.Contains("inference"))
            EngineAssertion.AwaitSignal(arguments[Array.IndexOf(arguments, "--model") + 1]);
    }
}
