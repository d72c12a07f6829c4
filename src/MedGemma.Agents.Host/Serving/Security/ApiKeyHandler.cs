using System.Security.Cryptography;
using System.Text.Encodings.Web;
using MedGemma.Agents.Sessions.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Host.Serving.Security;

/// <summary>Knows users by <c>Authorization: Bearer KEY</c>, of which only the hash is configured; a key that is refused leaves an audit row, as <see cref="RefusedKeys"/> allows.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    IOptions<ServingOptions> serving,
    ITurnStore store,
    RefusedKeys refusedKeys,
    TimeProvider clock) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";
    private const string Prefix = "Bearer ";
    private const string Nobody = "unknown";
    private bool _wasRefused;
    private ApiKeyOptions? _expired;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return Task.FromResult(AuthenticateResult.NoResult());

        var found = Find(header[Prefix.Length..].Trim());
        if (found is not null && (found.Expires is not { } end || clock.GetUtcNow() < end))
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(ServingClaims.MakePrincipal(SchemeName, found.Issuer, found.User, found.Role), SchemeName)));

        _wasRefused = true;
        _expired = found;
        return Task.FromResult(AuthenticateResult.Fail("The key is not known, or has expired."));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_wasRefused && refusedKeys.LeavesRow(Context.Connection.RemoteIpAddress))
        {
            await store.AuditAsync(
                new AuditRow(clock.GetUtcNow(), _expired?.Issuer ?? Nobody, _expired?.User ?? Nobody, AuditAction.Authenticate, null, null, null, "denied"),
                CancellationToken.None).ConfigureAwait(false);
        }

        Response.Headers.WWWAuthenticate = "Bearer";
        await base.HandleChallengeAsync(properties).ConfigureAwait(false);
    }

    private ApiKeyOptions? Find(string presented)
    {
        if (!ApiKey.IsWellFormed(presented))
            return null;

        var hash = ApiKey.Hash(presented);
        ApiKeyOptions? found = null;

        // Every key is compared in the same time, so that the answer's delay says nothing of how near a guess came.
        foreach (var key in serving.Value.ApiKeys)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, Convert.FromHexString(key.Sha256)))
                found = key;
        }

        return found;
    }
}
