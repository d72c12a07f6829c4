using System.Net;
using MedGemma.Agents.Host.Commands;
using MedGemma.Agents.Sessions.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;

namespace MedGemma.Agents.Host.Serving.Security;

/// <summary>Decides how callers are known, or that this configuration must not be served at all.</summary>
internal static class ServingAccess
{
    /// <summary>Picks the scheme.</summary>
    /// <param name="options">The options.</param>
    /// <param name="environment">The host's environment.</param>
    /// <exception cref="CommandRefusedException">Nothing is configured, and this is not Development on loopback; or keys and records would travel unencrypted.</exception>
    public static string ChooseScheme(ServingOptions options, IHostEnvironment environment)
    {
        if (options.ApiKeys.Count > 0)
        {
            return IsEncrypted(options) || IsLoopback(options.Url) || options.BehindTlsProxy
                ? ApiKeyHandler.SchemeName
                : throw new CommandRefusedException(
                    $"keys and records would travel unencrypted to {options.Url}: make MedGemma:Serving:Url an https address with a Certificate, or a loopback one; where a proxy ends TLS and nobody else reaches it, set MedGemma:Serving:BehindTlsProxy to true");
        }

        if (!environment.IsDevelopment())
        {
            throw new CommandRefusedException(
                "no authentication is configured: make a key with 'medgemma key create' for MedGemma:Serving:ApiKeys, or try it out with ASPNETCORE_ENVIRONMENT=Development");
        }

        if (!IsLoopback(options.Url))
        {
            throw new CommandRefusedException(
                "no authentication is configured, so that only loopback may be served: set MedGemma:Serving:ApiKeys, or a loopback address as MedGemma:Serving:Url");
        }

        return LoopbackHandler.SchemeName;
    }

    /// <summary>Adds the scheme and what its users may open; every endpoint that does not say otherwise needs a known caller.</summary>
    public static IServiceCollection AddServingAccess(this IServiceCollection services, string scheme)
    {
        // Without the data protection that AddAuthentication brings: no scheme here encrypts anything, and it would write keys into the home folder.
        services.AddAuthenticationCore(options => options.DefaultScheme = scheme);
        services.AddWebEncoders();
        var authentication = new AuthenticationBuilder(services);
        if (scheme == ApiKeyHandler.SchemeName)
        {
            authentication.AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(scheme, null);
            services.AddSingleton<IPatientAccess, KeyedAccess>();
            services.AddSingleton<RefusedKeys>();
            services.ConfigureAll<OpenApiOptions>(openApi => openApi.AddDocumentTransformer<DescribedKeys>());
        }
        else
        {
            authentication.AddScheme<AuthenticationSchemeOptions, LoopbackHandler>(scheme, null);
            services.AddSingleton<IPatientAccess, DeveloperAccess>();
        }

        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return services;
    }

    // Kestrel's http://* is no URI, and is not encrypted.
    private static bool IsEncrypted(ServingOptions options) => options.Url.StartsWith(Uri.UriSchemeHttps + Uri.SchemeDelimiter, StringComparison.OrdinalIgnoreCase);

    private static bool IsLoopback(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && (address.Host == "localhost" || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip)));
}
