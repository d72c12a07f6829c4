using System.Net;
using Microsoft.AspNetCore.Connections;

namespace MedGemma.Agents.Host.Serving.Silo;

/// <summary>
/// A silo that is alone takes no connections: a grain believes the caller that it is told, so that whoever could connect would read as anybody.
/// </summary>
internal static class SiloWithoutListener
{
    /// <summary>Takes the place of everything by which the silo would listen, for other silos and for clients.</summary>
    /// <exception cref="InvalidOperationException">Orleans registers its listeners otherwise than this was written for.</exception>
    public static ISiloBuilder TakesNoConnections(this ISiloBuilder silo)
    {
        var listeners = silo.Services.Where(service => service.IsKeyedService && service.ServiceType == typeof(IConnectionListenerFactory)).ToList();
        if (listeners.Count == 0)
            throw new InvalidOperationException("No listener of Orleans is registered: it may listen by other means.");

        foreach (var listener in listeners)
        {
            silo.Services.Remove(listener);
            silo.Services.AddKeyedSingleton<IConnectionListenerFactory>(listener.ServiceKey, new Deaf());
        }

        return silo;
    }

    private sealed class Deaf : IConnectionListenerFactory
    {
        public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) => ValueTask.FromResult<IConnectionListener>(new Listener(endpoint));
    }

    private sealed class Listener(EndPoint endPoint) : IConnectionListener
    {
        private readonly TaskCompletionSource<ConnectionContext?> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public EndPoint EndPoint => endPoint;

        public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) => new(_end.Task.WaitAsync(cancellationToken));

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            _end.TrySetResult(null);
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => UnbindAsync();
    }
}
