namespace MedGemma.Agents.Sessions.Grains;

/// <summary>Why a session did not do what it was asked.</summary>
[GenerateSerializer]
[Alias("medgemma.session-problem")]
public enum SessionProblem
{
    /// <summary>It did.</summary>
    None,

    /// <summary>There is no such session for this user: never created, deleted, or another user's.</summary>
    NotFound,

    /// <summary>A turn is running.</summary>
    Busy,

    /// <summary>The key is taken.</summary>
    AlreadyExists,

    /// <summary>The source does not know the patient.</summary>
    PatientUnknown,

    /// <summary>The idempotency key was used for another question.</summary>
    KeyReused,

    /// <summary>The session has no such turn, or it does not run, or has not finished, as the call needs.</summary>
    TurnUnknown,

    /// <summary>The turn took longer than allowed and was stopped.</summary>
    TimedOut,

    /// <summary>The user stopped the turn.</summary>
    Cancelled,

    /// <summary>The turn failed inside; what was wrong is in the log.</summary>
    Internal,

    /// <summary>The server stopped before the turn was done.</summary>
    ServerStopped,
}
