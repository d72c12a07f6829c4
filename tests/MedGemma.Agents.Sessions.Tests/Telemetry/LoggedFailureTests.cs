using MedGemma.Agents.Sessions.Telemetry;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace MedGemma.Agents.Sessions.Tests.Telemetry;

public sealed class LoggedFailureTests
{
    [Fact]
    public void A_full_disk_is_told_from_other_failures_of_the_database()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        int Execute(string statement)
        {
            using var command = connection.CreateCommand();
            command.CommandText = statement;
            return command.ExecuteNonQuery();
        }

        Execute("CREATE TABLE secret (a)");
        Execute("PRAGMA max_page_count = 3");

        var full = Assert.Throws<SqliteException>(() => Execute("INSERT INTO secret VALUES (randomblob(100000))"));

        Assert.Equal("Microsoft.Data.Sqlite.SqliteException (13, database or disk is full)", LoggedFailure.NameOf(full));
    }

    [Fact]
    public void No_message_is_logged()
    {
        Exception[] failures = [new PostgresException("secret", "ERROR", "ERROR", "53100"), new IOException("secret"), new InvalidOperationException("secret")];

        Assert.Equal(
            ["Npgsql.PostgresException (SQLSTATE 53100)", "System.IO.IOException (0x80131620)", "System.InvalidOperationException"],
            failures.Select(LoggedFailure.NameOf));
    }
}
