using MedGemma.Agents.Sessions.Access;
using MedGemma.Agents.Sessions.Grains;

namespace MedGemma.Agents.Host.Serving.Security;

/// <summary>Access in Development without authentication: the one developer may open every patient, whoever else asks none.</summary>
internal sealed class DeveloperAccess : IPatientAccess
{
    public bool Allows(SessionCaller caller, string patientId) => caller == LoopbackHandler.Developer;
}
