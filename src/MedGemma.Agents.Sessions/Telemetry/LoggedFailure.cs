using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace MedGemma.Agents.Sessions.Telemetry;

/// <summary>What a log may say of an exception: its type, and of a database or the system the code of what went wrong. A message may quote a record.</summary>
public static class LoggedFailure
{
    /// <summary>For example <c>Microsoft.Data.Sqlite.SqliteException (13, database or disk is full)</c>.</summary>
    /// <param name="exception">What happened.</param>
    public static string NameOf(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var code = exception switch
        {
            SqliteException sqlite => $" ({sqlite.SqliteErrorCode}, {SQLitePCL.raw.sqlite3_errstr(sqlite.SqliteErrorCode).utf8_to_string()})",
            DbException { SqlState: { } state } => $" (SQLSTATE {state})",
            IOException io => $" (0x{io.HResult:X8})",
            _ => "",
        };
        return exception.GetType().FullName + code;
    }
}
