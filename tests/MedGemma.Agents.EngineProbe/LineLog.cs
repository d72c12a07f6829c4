using Microsoft.Extensions.Logging;

namespace MedGemma.Agents.EngineProbe;

/// <summary>Keeps the lines of the engine's log. For one thread.</summary>
internal sealed class LineLog : ILogger
{
    /// <summary>The lines.</summary>
    public List<string> Lines { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Add(formatter(state, exception));
}
