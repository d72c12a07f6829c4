using MedGemma.Agents.Sessions.Grains;

namespace MedGemma.Agents.Sessions.Access;

/// <summary>
/// Decides whose records a user may open. Asked at every use and not only when a session is made, so that access that is taken away ends running
/// sessions too. Safe for concurrent use.
/// </summary>
public interface IPatientAccess
{
    /// <summary>Whether a user may open a patient's record now. Says nothing of whether the patient exists.</summary>
    /// <param name="caller">The user.</param>
    /// <param name="patientId">Logical id of the patient.</param>
    bool Allows(SessionCaller caller, string patientId);
}
