namespace MedGemma.Agents.Sessions.Storage;

/// <summary>The words of <see cref="AuditRow.Action"/>.</summary>
public static class AuditAction
{
    /// <summary>A session was created.</summary>
    public const string CreateSession = "session.create";

    /// <summary>A session with its turns was read.</summary>
    public const string ReadSession = "session.read";

    /// <summary>A session was deleted.</summary>
    public const string DeleteSession = "session.delete";

    /// <summary>Tools over the session's record were listed or called.</summary>
    public const string UseTools = "session.tools";

    /// <summary>A question was put.</summary>
    public const string BeginTurn = "turn.begin";

    /// <summary>A question was answered, or failed.</summary>
    public const string EndTurn = "turn.end";

    /// <summary>A question was stopped by its user.</summary>
    public const string CancelTurn = "turn.cancel";

    /// <summary>A stored answer was given again.</summary>
    public const string ReplayTurn = "turn.replay";

    /// <summary>An answer was reported as wrong.</summary>
    public const string ReportWrong = "turn.report-wrong";

    /// <summary>Patients were searched for.</summary>
    public const string SearchPatients = "patient.search";

    /// <summary>A patient's overview was read.</summary>
    public const string ReadOverview = "patient.overview";

    /// <summary>A question was put on the command line, to the store.</summary>
    public const string AskByCommand = "command.ask";

    /// <summary>Tools over one patient's record were served on standard input and output.</summary>
    public const string ServeToolsByCommand = "command.mcp";

    /// <summary>A stored turn was run again.</summary>
    public const string ReplayByCommand = "command.replay";

    /// <summary>Questions were put to the records of the store for an evaluation.</summary>
    public const string EvaluateByCommand = "command.eval";

    /// <summary>The Provenance of an answer.</summary>
    public const string RecordAnswer = "answer.record";

    /// <summary>A patient was erased from the audit.</summary>
    public const string ErasePatient = "patient.erase";

    /// <summary>What the outcome of <see cref="ErasePatient"/> begins with; the number of rows follows.</summary>
    public const string ErasedRows = "rows:";

    /// <summary>A key was presented that is not known or has expired.</summary>
    public const string Authenticate = "authenticate";
}
