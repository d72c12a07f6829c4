using System.Security.Claims;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Sessions.Grains;
using Claim = System.Security.Claims.Claim;

namespace MedGemma.Agents.Host.Serving.Security;

/// <summary>The claims that authentication gives and endpoints read.</summary>
internal static class ServingClaims
{
    private const string Issuer = "iss";
    private const string User = "sub";
    private const string Role = "role";

    public static ClaimsPrincipal MakePrincipal(string scheme, string issuer, string user, AskerRole role) =>
        new(new ClaimsIdentity([new Claim(Issuer, issuer), new Claim(User, user), new Claim(Role, role.ToString())], scheme));

    public static SessionCaller ToCaller(this ClaimsPrincipal principal) => new(
        principal.FindFirstValue(Issuer) ?? throw new InvalidOperationException("An authenticated user has no issuer."),
        principal.FindFirstValue(User) ?? throw new InvalidOperationException("An authenticated user has no subject."));

    /// <summary>The role that the user was given; <see cref="AskerRole.Unknown"/> when each session may say.</summary>
    public static AskerRole ToRole(this ClaimsPrincipal principal) =>
        Enum.Parse<AskerRole>(principal.FindFirstValue(Role) ?? throw new InvalidOperationException("An authenticated user has no role."));
}
