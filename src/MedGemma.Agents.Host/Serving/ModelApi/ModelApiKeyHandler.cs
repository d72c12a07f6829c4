using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using MedGemma.Agents.Host.Serving.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Host.Serving.ModelApi;

/// <summary>Knows programs that use the models by <c>Authorization: Bearer KEY</c>, and those whose certificate the connection has already checked.</summary>
internal sealed class ModelApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    ModelApiOptions access,
    TimeProvider clock) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ModelApi";
    public const string BatchOnly = "batch-only";
    private const string Prefix = "Bearer ";
    private const string Refused = """{"error":{"message":"A key that this server knows is needed as Authorization: Bearer KEY.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}""";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            var found = Find(header[Prefix.Length..].Trim());
            return Task.FromResult(found is not null && (found.Expires is not { } end || clock.GetUtcNow() < end)
                ? Success(found.User, found.BatchOnly)
                : AuthenticateResult.Fail("The key is not known, or has expired."));
        }

        // The connection takes no certificate that the configured authority has not signed.
        return Task.FromResult(Context.Connection.ClientCertificate is { } certificate && !string.IsNullOrEmpty(access.ClientAuthority)
            ? Success("certificate " + certificate.Thumbprint, false)
            : AuthenticateResult.NoResult());
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.ContentType = "application/json";
        await Response.WriteAsync(Refused, Context.RequestAborted).ConfigureAwait(false);
    }

    private static AuthenticateResult Success(string user, bool batchOnly)
    {
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, user)], SchemeName);
        if (batchOnly)
            identity.AddClaim(new Claim(BatchOnly, "true"));

        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    private ModelApiKeyOptions? Find(string presented)
    {
        if (!ApiKey.IsWellFormed(presented))
            return null;

        var hash = ApiKey.Hash(presented);
        ModelApiKeyOptions? found = null;

        // Every key is compared in the same time, so that the answer's delay says nothing of how near a guess came.
        foreach (var key in access.ApiKeys)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, Convert.FromHexString(key.Sha256)))
                found = key;
        }

        return found;
    }
}
