using System.Collections.Concurrent;
using MedGemma.Agents.Sessions.Access;
using MedGemma.Agents.Sessions.Grains;

namespace MedGemma.Agents.Sessions.Tests.Doubles;

/// <summary>Everyone may open everyone, until it is taken away.</summary>
internal sealed class RevocableAccess : IPatientAccess
{
    private readonly ConcurrentDictionary<(SessionCaller Caller, string Patient), bool> _revoked = new();

    public void Revoke(SessionCaller caller, string patientId) => _revoked[(caller, patientId)] = true;

    public bool Allows(SessionCaller caller, string patientId) => !_revoked.ContainsKey((caller, patientId));
}
