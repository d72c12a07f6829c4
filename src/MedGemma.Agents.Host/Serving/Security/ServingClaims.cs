using System.Security.Claims;
using MedGemma.Agents.Sessions.Grains;

namespace MedGemma.Agents.Host.Serving.Security;

/// <summary>The claims that authentication gives and endpoints read.</summary>
internal static class ServingClaims
{
    private const string Issuer = "iss";
    private const string User = "sub";

    public static ClaimsPrincipal MakePrincipal(string scheme, string issuer, string user) =>
        new(new ClaimsIdentity([new Claim(Issuer, issuer), new Claim(User, user)], scheme));

    public static SessionCaller ToCaller(this ClaimsPrincipal principal) => new(
        principal.FindFirstValue(Issuer) ?? throw new InvalidOperationException("An authenticated user has no issuer."),
        principal.FindFirstValue(User) ?? throw new InvalidOperationException("An authenticated user has no subject."));
}
