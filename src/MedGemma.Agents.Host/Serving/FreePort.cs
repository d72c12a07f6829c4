using System.Net;
using System.Net.Sockets;

namespace MedGemma.Agents.Host.Serving;

/// <summary>Finds a loopback port for the silo, which takes no "any port".</summary>
internal static class FreePort
{
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
