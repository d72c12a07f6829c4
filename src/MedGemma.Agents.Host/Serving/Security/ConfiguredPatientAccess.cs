using System.Collections.Frozen;
using MedGemma.Agents.Sessions.Grains;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Host.Serving.Security;

/// <summary>Whose records the users of the configured API keys may open; the developer on loopback may open all.</summary>
internal sealed class ConfiguredPatientAccess : IPatientAccess
{
    private readonly FrozenDictionary<SessionCaller, FrozenSet<string>> _patients;
    private readonly bool _isDevelopment;

    public ConfiguredPatientAccess(IOptions<ServingOptions> serving)
    {
        var keys = serving.Value.ApiKeys;
        _isDevelopment = keys.Count == 0;
        _patients = keys.GroupBy(key => new SessionCaller(key.Issuer, key.User))
            .ToFrozenDictionary(keysOfUser => keysOfUser.Key, keysOfUser => keysOfUser.SelectMany(key => key.Patients).ToFrozenSet(StringComparer.Ordinal));
    }

    public bool MayOpen(SessionCaller caller, string patientId)
    {
        if (_isDevelopment)
            return true;

        return _patients.TryGetValue(caller, out var patients) && (patients.Contains(ApiKeyOptions.AllPatients) || patients.Contains(patientId));
    }
}
