using System.Collections.Concurrent;
using MedGemma.Agents.Sessions.Grains;

namespace MedGemma.Agents.Sessions.Tests.Doubles;

/// <summary>Everyone may open every patient but those taken away.</summary>
internal sealed class AdjustableAccess : IPatientAccess
{
    private readonly ConcurrentDictionary<(SessionCaller, string), bool> _denied = new();

    public void Deny(SessionCaller caller, string patientId) => _denied[(caller, patientId)] = true;

    public bool MayOpen(SessionCaller caller, string patientId) => !_denied.ContainsKey((caller, patientId));
}
