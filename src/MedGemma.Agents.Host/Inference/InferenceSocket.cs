using System.Net;
using System.Net.Sockets;
using System.Text;
using MedGemma.Agents.Host.Commands;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace MedGemma.Agents.Host.Inference;

/// <summary>The Unix socket of an inference process: only its owner may connect, from the first moment on.</summary>
internal static class InferenceSocket
{
    // sun_path of sockaddr_un (unix(7)), its closing zero left out.
    private const int LongestPath = 107;

    /// <summary>Takes away what an earlier process left, if nobody listens there any more.</summary>
    /// <exception cref="CommandRefusedException">No socket can stand there, another process listens, or something else than a socket stands there.</exception>
    public static void Clear(string path)
    {
        if (Encoding.UTF8.GetByteCount(path) > LongestPath)
            throw new CommandRefusedException($"inference: {path} is too long for a socket, which may have {LongestPath} bytes");
        if (!Directory.Exists(Path.GetDirectoryName(path)))
            throw new CommandRefusedException($"inference: the folder of {path} does not exist");
        if (!File.Exists(path))
            return;

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused)
        {
            File.Delete(path);
            return;
        }
        catch (SocketException)
        {
            throw new CommandRefusedException($"inference: {path} is no socket of an inference process");
        }

        throw new CommandRefusedException($"inference: another process listens on {path}");
    }

    /// <summary>Binds it with its rights set before anybody can connect.</summary>
    public static Socket Bind(EndPoint endPoint)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
        if (endPoint is UnixDomainSocketEndPoint && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(endPoint.ToString()!, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        return socket;
    }
}
