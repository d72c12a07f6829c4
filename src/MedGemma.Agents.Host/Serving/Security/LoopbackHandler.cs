using System.Net;
using System.Text.Encodings.Web;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Sessions.Grains;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Host.Serving.Security;

/// <summary>
/// Development without authentication: whoever calls from this machine is the one developer. The host name must be this machine's too, so that a web
/// page elsewhere cannot reach in through a name of its own that resolves here.
/// </summary>
internal sealed class LoopbackHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Loopback";

    /// <summary>The one user of this scheme.</summary>
    public static readonly SessionCaller Developer = new("loopback", "developer");

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var local = Context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) && IsLoopbackName(Request.Host.Host);
        return Task.FromResult(local
            ? AuthenticateResult.Success(new AuthenticationTicket(ServingClaims.MakePrincipal(SchemeName, Developer.Issuer, Developer.User, AskerRole.Unknown), SchemeName))
            : AuthenticateResult.Fail("Without configured authentication only this machine is served."));
    }

    private static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
