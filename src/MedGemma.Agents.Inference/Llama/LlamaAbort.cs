using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using MedGemma.Agents.Inference.Llama.Interop;

namespace MedGemma.Agents.Inference.Llama;

/// <summary>What is left to do when an assertion of the engine fails: to say which, before the process ends.</summary>
internal static unsafe class LlamaAbort
{
    /// <summary>
    /// Keeps the engine from printing a trace of its calls, to be called before it is loaded: it would start a debugger, which holds the dying process and all who wait for it for
    /// seconds, and prints what the calls were given, prompts among them.
    /// </summary>
    public static void LeaveNoTrace() => _ = BackendApi.SetEnvironment("GGML_NO_BACKTRACE", "1", overwrite: 1);

    /// <summary>Starts to take the last words of the engine: file, line and condition.</summary>
    public static void Attach() => _ = BackendApi.SetAbort(&Take);

    // Loggers write in their own time, and there is none: this goes out at once, marked as critical as systemd does.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Take(byte* message)
    {
        try
        {
            using var errors = Console.OpenStandardError();
            errors.Write(Encoding.UTF8.GetBytes($"<2>llama.cpp ended the process: {Marshal.PtrToStringUTF8((nint)message)?.ReplaceLineEndings(" ")}\n"));
        }
#pragma warning disable CA1031 // An exception may not leave through native frames, and the process ends anyhow.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
