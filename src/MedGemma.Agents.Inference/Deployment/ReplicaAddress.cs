using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.RegularExpressions;

namespace MedGemma.Agents.Inference.Deployment;

/// <summary>Where a replica of a model runs, as the configuration names it.</summary>
public abstract partial record ReplicaAddress
{
    private ReplicaAddress(string text) => Text = text;

    /// <summary>What the configuration says; it appears in logs.</summary>
    public string Text { get; }

    /// <summary>Devices of this machine.</summary>
    /// <param name="Text"><c>auto</c>, <c>cpu</c>, <c>cuda:0</c> or <c>cuda:0+1</c>.</param>
    public sealed record Devices(string Text) : ReplicaAddress(Text);

    /// <summary>A server.</summary>
    /// <param name="Text">Its address as configured.</param>
    /// <param name="Base">The address that <c>v1/models</c> is below of.</param>
    public sealed record Server(string Text, Uri Base) : ReplicaAddress(Text);

    /// <summary>A server on a Unix socket.</summary>
    /// <param name="Text">As configured.</param>
    /// <param name="Path">The socket.</param>
    public sealed record Socket(string Text, string Path) : ReplicaAddress(Text);

    /// <summary>Reads an address.</summary>
    /// <param name="text">What is configured.</param>
    /// <param name="address">The address.</param>
    /// <param name="problem">What is wrong with it, for the operator.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ReplicaAddress? address, [NotNullWhen(false)] out string? problem)
    {
        (address, problem) = (null, null);
        if (string.IsNullOrWhiteSpace(text))
            problem = "an empty replica";
        else if (DeviceSet().IsMatch(text))
            address = new Devices(text);
        else if (text.StartsWith("unix:/", StringComparison.Ordinal))
            address = new Socket(text, text["unix:".Length..]);
        else if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
            problem = $"'{text}' is no replica; give auto, cpu, cuda:0, https://host:port, http://127.0.0.1:port or unix:/path";
        else if (uri.Query.Length > 0 || uri.Fragment.Length > 0 || uri.UserInfo.Length > 0)
            problem = "the address of a replica has no query and no user; a key belongs into ApiKeyFile";
        else if (uri.AbsolutePath.TrimEnd('/').EndsWith("/v1", StringComparison.Ordinal))
            problem = $"'{text}': leave /v1 off";
        else if (uri.Scheme == Uri.UriSchemeHttp && !IsLoopback(uri))
            problem = $"'{text}' would carry patients' data unencrypted; use https";
        else
            address = new Server(text, new Uri(uri.AbsoluteUri.TrimEnd('/') + "/"));

        return address is not null;
    }

    private static bool IsLoopback(Uri uri) => uri.IdnHost == "localhost" || (IPAddress.TryParse(uri.IdnHost, out var ip) && IPAddress.IsLoopback(ip));

    [GeneratedRegex(@"^(auto|cpu|cuda:\d{1,2}(\+\d{1,2})*)\z")]
    private static partial Regex DeviceSet();
}
