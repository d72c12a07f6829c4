using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace MedGemma.Agents.Inference.Supervision;

/// <summary>
/// One running inference process. Its standard input is its lifeline: it ends when that closes, and so with this process, however this one dies. The line
/// <see cref="InferenceLaunch.ReadyLine"/> on its standard output says that it serves; its other lines are its log.
/// </summary>
internal sealed partial class InferenceProcess : IDisposable
{
    private static readonly TimeSpan LastLines = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly ILogger _logger;
    private readonly string _replica;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _output;
    private readonly Task _errors;

    private InferenceProcess(Process process, string replica, ILogger logger)
    {
        _process = process;
        _replica = replica;
        _logger = logger;
        _output = ForwardAsync(process.StandardOutput);
        _errors = ForwardAsync(process.StandardError);
        Exited = EndAsync();
    }

    /// <summary>The operating system's number.</summary>
    public int Id => _process.Id;

    /// <summary>Completes when it serves; never when it ends before.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Completes with its exit code when it has ended and its lines are forwarded.</summary>
    public Task<int> Exited { get; }

    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
    public static InferenceProcess Start(InferenceLaunch launch, IEnumerable<string> arguments, string replica, ILogger logger)
    {
        var start = new ProcessStartInfo(launch.FileName)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in launch.Arguments.Concat(arguments))
            start.ArgumentList.Add(argument);
        foreach (var variable in launch.WithheldVariables)
            start.Environment.Remove(variable);

        return new InferenceProcess(Process.Start(start)!, replica, logger);
    }

    /// <summary>Asks it to finish what it works on and to end; kills it when it has not by then.</summary>
    public async Task StopAsync(TimeSpan patience, TimeProvider time)
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it could be asked.
        }

        try
        {
            await Exited.WaitAsync(patience, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Kill();
            await Exited.ConfigureAwait(false);
        }
    }

    /// <summary>Ends it at once.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
    }

    public void Dispose() => _process.Dispose();

    private async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().ConfigureAwait(false);
        try
        {
            await Task.WhenAll(_output, _errors).WaitAsync(LastLines).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Whoever inherited its output keeps it open; the process itself has ended.
        }

        return _process.ExitCode;
    }

    private async Task ForwardAsync(StreamReader lines)
    {
        while (await lines.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            if (line == InferenceLaunch.ReadyLine)
                _ready.TrySetResult();
            else if (line.Length > 0)
                Forward(line);
        }
    }

    // The process logs as for systemd: a line starts with its syslog severity, <3> for an error. What the native library prints by itself has none, nor has the one line in which a
    // command says why it ends.
    private void Forward(string line)
    {
        var level = line is ['<', var severity, '>', ..]
            ? severity switch { '0' or '1' or '2' => LogLevel.Critical, '3' => LogLevel.Error, '4' => LogLevel.Warning, '5' or '6' => LogLevel.Information, _ => LogLevel.Debug }
            : line.StartsWith("medgemma: ", StringComparison.Ordinal) ? LogLevel.Error : LogLevel.Information;
        if (_logger.IsEnabled(level))
            LogLine(level, _replica, line is ['<', _, '>', ..] ? line[3..] : line);
    }

    [LoggerMessage("{Replica}: {Line}")]
    private partial void LogLine(LogLevel level, string replica, string line);
}
