using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace MedGemma.Agents.Inference.OpenAi.Client;

/// <summary>Connections to servers of the OpenAI chat API. Requests have no time limit of their own: they end by cancellation, or with the connection.</summary>
public static class OpenAiConnection
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>A client for a server on a Unix socket.</summary>
    /// <param name="path">Path of the socket.</param>
    public static HttpClient OverUnixSocket(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Client(new Uri("http://inference/"), new SocketsHttpHandler
        {
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
        });
    }

    /// <summary>A client for a server on another machine, or on a port of this one. Redirects are not followed: they could lead a patient's data anywhere.</summary>
    /// <param name="address">The server's address, ending in <c>/</c>, without <c>v1</c>.</param>
    /// <param name="key">The key that it asks for, or null.</param>
    /// <param name="certificate">The certificate to show with its private key, or null.</param>
    /// <param name="intermediates">Certificates of the authorities between it and the root, shown with it; or null.</param>
    /// <param name="authority">The only authority trusted, or null for those of the system.</param>
    public static HttpClient OverNetwork(Uri address, string? key = null, X509Certificate2? certificate = null, X509Certificate2Collection? intermediates = null, X509Certificate2Collection? authority = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        var handler = new SocketsHttpHandler();
        if (certificate is not null)
            handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, intermediates, offline: true);
        if (authority is not null)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.AddRange(authority);
            handler.SslOptions.CertificateChainPolicy = policy;
        }

        var client = Client(address, handler);
        if (key is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);

        return client;
    }

    private static HttpClient Client(Uri address, SocketsHttpHandler handler)
    {
        handler.UseProxy = false;
        handler.UseCookies = false;
        handler.AllowAutoRedirect = false;
        handler.ConnectTimeout = ConnectTimeout;
        return new HttpClient(handler) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
    }
}
