using System.Net.Sockets;

namespace MedGemma.Agents.Inference.OpenAi.Client;

/// <summary>Connections to an inference process.</summary>
public static class OpenAiConnection
{
    /// <summary>
    /// A client for a server on a Unix socket. Requests have no time limit of their own: they end by cancellation, or with the connection.
    /// </summary>
    /// <param name="path">Path of the socket.</param>
    public static HttpClient OverUnixSocket(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken).ConfigureAwait(false);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
        return new HttpClient(handler) { BaseAddress = new Uri("http://inference/"), Timeout = Timeout.InfiniteTimeSpan };
    }
}
