namespace MedGemma.Agents.Sessions.Grains;

/// <summary>Who calls: checked on every call against the user that the session was created for.</summary>
/// <param name="Issuer">Who vouches for the user.</param>
/// <param name="User">The user, unique within the issuer.</param>
[GenerateSerializer]
[Immutable]
[Alias("medgemma.session-caller")]
public sealed record SessionCaller([property: Id(0)] string Issuer, [property: Id(1)] string User);
