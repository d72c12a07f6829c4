using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MedGemma.Agents.Inference.Llama.Interop;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MedGemma.Agents.Inference.Llama;

/// <summary>
/// Hands the engine's log, which is one for the whole process, to an <see cref="ILogger"/>, line by line. Safe for concurrent calls. The engine logs sizes, names
/// of files and devices; it is never given prompts to log.
/// </summary>
internal static unsafe partial class LlamaLog
{
    private const int Info = 2;
    private const int Warn = 3;
    private const int Error = 4;
    private const int Continued = 5;

    private static ILogger s_logger = NullLogger.Instance;

    // A line may come in several calls, but all on the thread that writes it.
    [ThreadStatic]
    private static string? t_line;

    [ThreadStatic]
    private static int t_level;

    [ThreadStatic]
    private static string? t_lastError;

    /// <summary>The last error line that the engine wrote on this thread; empty when there is none since <see cref="ForgetErrors"/>.</summary>
    public static string LastError => t_lastError ?? "";

    /// <summary>Starts to take the log.</summary>
    public static void Attach() => BackendApi.SetLog(&Take, null);

    /// <summary>Sends the log to <paramref name="logger"/>, and gives what was there before.</summary>
    public static ILogger Use(ILogger logger) => Interlocked.Exchange(ref s_logger, logger);

    /// <summary>Makes <see cref="LastError"/> empty.</summary>
    public static void ForgetErrors() => t_lastError = null;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Take(int level, byte* text, void* userData)
    {
        if (level != Continued)
            (t_line, t_level) = ("", level);

        t_line += Marshal.PtrToStringUTF8((nint)text) ?? "";
        if (!t_line.EndsWith('\n'))
            return;

        var line = t_line.TrimEnd();
        t_line = "";
        if (line.Length == 0)
            return;
        if (t_level == Error)
            t_lastError = line;

        try
        {
            var logger = Volatile.Read(ref s_logger);
            var logLevel = LevelOf(t_level);
            if (logger.IsEnabled(logLevel))
                Native(logger, logLevel, line);
        }
#pragma warning disable CA1031 // An exception may not leave through native frames: it would end the process. The logger's owner loses one line.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    // What the engine calls information is for those who look for a fault.
    private static LogLevel LevelOf(int level) => level switch
    {
        Error => LogLevel.Error,
        Warn => LogLevel.Warning,
        Info => LogLevel.Debug,
        _ => LogLevel.Trace,
    };

    [LoggerMessage(Message = "llama.cpp: {Line}")]
    private static partial void Native(ILogger logger, LogLevel level, string line);
}
