using MedGemma.Agents.Sessions.Access;
using MedGemma.Agents.Sessions.Grains;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Host.Serving.Security;

/// <summary>Access of the users that keys are configured for; of nobody else. Safe for concurrent use.</summary>
internal sealed class KeyedAccess(IOptions<ServingOptions> options) : IPatientAccess
{
    // The options' validation sees to it that all keys of a user say the same.
    private readonly Dictionary<SessionCaller, PatientScope> _scopes = options.Value.ApiKeys
        .DistinctBy(key => new SessionCaller(key.Issuer, key.User))
        .ToDictionary(key => new SessionCaller(key.Issuer, key.User), PatientScope.Of);

    public bool Allows(SessionCaller caller, string patientId) => _scopes.TryGetValue(caller, out var scope) && scope.Contains(patientId);
}
