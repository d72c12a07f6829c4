using System.Diagnostics;

namespace MedGemma.Agents.Inference.Tests.Models;

/// <summary>A process that loads model files into the real engine, and may die of it.</summary>
internal sealed class EngineProbe : IAsyncDisposable
{
    private Process? _process;

    /// <summary>What the engine makes of a model, and of an adapter for it: "computed ..." or "refused ..."; null when its process died or hung.</summary>
    public Task<string?> TryAsync(string model, string? adapter, CancellationToken cancellationToken) =>
        AskAsync(adapter is null ? model : $"{model}\t{adapter}", cancellationToken);

    /// <summary>What our tower makes of a vision file; null when its process died or hung.</summary>
    public Task<string?> SeeAsync(string vision, CancellationToken cancellationToken) => AskAsync($"vision\t{vision}", cancellationToken);

    /// <summary>What the engine logs when it makes a context without allocating it.</summary>
    public async Task<IReadOnlyList<string>> SizesAsync(
        string model, int cells, int sequences, int microBatch, bool fullWindow, bool quantized, CancellationToken cancellationToken) =>
        (await AskAsync(string.Join('\t', "sizes", model, cells, sequences, microBatch, fullWindow, quantized), cancellationToken))?.Split('\t') ?? [];

    private async Task<string?> AskAsync(string question, CancellationToken cancellationToken)
    {
        _process ??= Start();
        await _process.StandardInput.WriteLineAsync(question);
        await _process.StandardInput.FlushAsync(cancellationToken);
        try
        {
            var line = await _process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, cancellationToken);
            if (line is null)
                await DisposeAsync();
            return line;
        }
        catch (TimeoutException)
        {
            await DisposeAsync();
            return null;
        }
    }

    public ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            if (!process.HasExited)
                process.Kill();
            process.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private static Process Start()
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "MedGemma.Agents.EngineProbe.dll")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }
}
