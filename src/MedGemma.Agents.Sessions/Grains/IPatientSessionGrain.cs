using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Sessions.Events;

namespace MedGemma.Agents.Sessions.Grains;

/// <summary>
/// One user's conversation about one patient. Its key is random (<see cref="SessionKey"/>), because keys appear in spans; user and patient are fixed
/// at creation, and a call by anyone else, or by a user who may no longer open the patient's record, finds nothing.
/// </summary>
[Alias("medgemma.patient-session")]
public interface IPatientSessionGrain : IGrainWithStringKey
{
    /// <summary>Creates the session.</summary>
    /// <param name="caller">Its user.</param>
    /// <param name="patientId">Logical id of its patient.</param>
    /// <param name="role">What "I" means.</param>
    /// <returns><see cref="SessionProblem.None"/>, <see cref="SessionProblem.AlreadyExists"/> or <see cref="SessionProblem.PatientUnknown"/>.</returns>
    [Alias("create")]
    [ResponseTimeout("00:05:00")] // Reads the whole record once.
    Task<SessionProblem> CreateAsync(SessionCaller caller, string patientId, AskerRole role);

    /// <summary>
    /// Puts a question. The turn is stored before its last event, and is finished and stored also when nobody reads on. A second question while one
    /// runs ends at once with <see cref="SessionProblem.Busy"/>.
    /// </summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="question">The question.</param>
    /// <param name="cancellationToken">Stops the reading, not the turn.</param>
    /// <returns>Events that end with exactly one <see cref="AnsweredEvent"/> or <see cref="FailedEvent"/>.</returns>
    [Alias("ask")]
    IAsyncEnumerable<SessionEvent> AskAsync(SessionCaller caller, SessionQuestion question, CancellationToken cancellationToken = default);

    /// <summary>Stops the turn that runs: the model is stopped, and the turn is stored as cancelled.</summary>
    /// <param name="caller">Who stops it.</param>
    /// <param name="turn">Number of the turn.</param>
    /// <returns><see cref="SessionProblem.None"/>, <see cref="SessionProblem.NotFound"/>, or <see cref="SessionProblem.TurnUnknown"/> when that turn does not run.</returns>
    [Alias("cancel")]
    Task<SessionProblem> CancelAsync(SessionCaller caller, int turn);

    /// <summary>The session with its newest turns, or null when the caller has no such session.</summary>
    /// <param name="caller">Who reads.</param>
    [Alias("get")]
    Task<SessionView?> GetAsync(SessionCaller caller);

    /// <summary>Lets the caller use tools over the session's record; each use is audited.</summary>
    /// <param name="caller">Who uses them.</param>
    /// <returns>Logical id of the session's patient, or null when the caller has no such session.</returns>
    [Alias("use-tools")]
    Task<string?> UseToolsAsync(SessionCaller caller);

    /// <summary>Ends the session; it is not found afterwards, its rows stay for the audit.</summary>
    /// <param name="caller">Who deletes.</param>
    /// <returns><see cref="SessionProblem.None"/>, <see cref="SessionProblem.NotFound"/> or <see cref="SessionProblem.Busy"/>.</returns>
    [Alias("delete")]
    Task<SessionProblem> DeleteAsync(SessionCaller caller);

    /// <summary>Records that an answer is wrong.</summary>
    /// <param name="caller">Who says so.</param>
    /// <param name="turn">Number of the turn.</param>
    /// <param name="comment">What is wrong; may be empty.</param>
    /// <returns><see cref="SessionProblem.None"/>, <see cref="SessionProblem.NotFound"/> or <see cref="SessionProblem.TurnUnknown"/>.</returns>
    [Alias("report-wrong")]
    Task<SessionProblem> ReportWrongAsync(SessionCaller caller, int turn, string comment);
}
