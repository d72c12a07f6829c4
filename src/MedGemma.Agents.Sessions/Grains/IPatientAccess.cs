namespace MedGemma.Agents.Sessions.Grains;

/// <summary>Decides whose records a user may open; asked on every call, so that a scope that was narrowed holds at once. Safe for concurrent use.</summary>
public interface IPatientAccess
{
    /// <summary>Whether the caller may open the patient's record.</summary>
    /// <param name="caller">Who calls.</param>
    /// <param name="patientId">Logical id of the patient.</param>
    bool MayOpen(SessionCaller caller, string patientId);
}
