using System.Runtime.InteropServices;

namespace MedGemma.Agents.Host.Inference;

/// <summary>
/// Ends the process with its parent: the parent holds the other end of standard input, which the system closes however the parent ends. What runs is let finish
/// for a while; an engine that hangs does not keep the process.
/// </summary>
internal static class ParentPipe
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>Starts to watch.</summary>
    /// <param name="stop">Called once when the parent has closed the pipe or has ended.</param>
    public static void Watch(Action stop)
    {
        // Away from the parent's terminal: what is typed there to stop the parent must not stop this process before the sessions have ended.
        if (!OperatingSystem.IsWindows())
            _ = StartSession();

        _ = Task.Factory.StartNew(() => WatchAsync(stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
    }

    private static async Task WatchAsync(Action stop)
    {
        var input = Console.OpenStandardInput();
        var bytes = new byte[256];
        while (await input.ReadAsync(bytes).ConfigureAwait(false) > 0)
        {
            // Nothing is expected.
        }

        stop();
        await Task.Delay(s_patience, TimeProvider.System).ConfigureAwait(false);
        Environment.Exit(Commands.ExitCode.RefusedOrFailed);
    }

    [DllImport("libc", EntryPoint = "setsid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StartSession();
}
