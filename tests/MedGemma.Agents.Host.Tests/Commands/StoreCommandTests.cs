using System.IO.Pipes;
using System.Text.Json;
using MedGemma.Agents.Host.Commands;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Store;
using MedGemma.Agents.Sessions.Grains;
using MedGemma.Agents.Sessions.Storage;
using Microsoft.Data.Sqlite;

namespace MedGemma.Agents.Host.Tests.Commands;

public sealed class StoreCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("medgemma-store-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Data => Path.Combine(_folder, "data");

    [Fact]
    public async Task Import_says_what_it_did_and_ends_with_0()
    {
        var input = Write("a.ndjson", """{"resourceType":"Patient","id":"a"}""");

        var (code, output, error) = await Run("import", input, "--data-folder", Data);

        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("1 resources read: 1 added, 0 updated, 0 unchanged; 0 refused; ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_line_is_named_the_rest_is_imported_and_the_exit_code_is_1()
    {
        var input = Write("a.ndjson", """{"resourceType":"Patient","id":"a"}""" + "\n{\"resourceType\n" + """{"resourceType":"Patient","id":"b"}""");

        var (code, output, error) = await Run("import", input, "--data-folder", Data);

        Assert.Equal(1, code);
        Assert.Contains("2 added", output, StringComparison.Ordinal);
        Assert.Equal(
            [$"medgemma: {input}, line 2: is not valid JSON (line 1, byte 15 of it)", "medgemma: 1 line, entry or file was refused; the rest was imported"],
            error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("import")]
    [InlineData("import", "x", "--complete", "Observations")]
    [InlineData("erase")]
    [InlineData("backup")]
    [InlineData("restore", "--replace")]
    public async Task Wrong_usage_ends_with_2_and_one_line(params string[] arguments)
    {
        var (code, _, error) = await Run([.. arguments, "--data-folder", Data]);

        Assert.Equal(2, code);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Each_run_of_a_command_that_reads_the_store_leaves_one_row_with_who_ran_it()
    {
        var input = Write("a.ndjson", """{"resourceType":"Patient","id":"a","gender":"female","birthDate":"1950-05-06"}""");
        var questions = Write("q.jsonl", """{"id":"q1","patient":"a","now":"2026-01-01T00:00:00Z","perspective":"clinical","template":"t","question":"How old is the patient?","answer":[75],"fhirpath":""}""");
        await Run("import", input, "--data-folder", Data);

        Assert.Equal(0, (await Run("ask", "How old is the patient?", "--patient", "a", "--data-folder", Data)).Code);
        Assert.Equal(1, (await Run("ask", "How old is the patient?", "--patient", "nobody", "--data-folder", Data)).Code);
        await Run("eval", "qa", "--questions", questions, "--out", Path.Combine(_folder, "p.jsonl"), "--data-folder", Data);
        await Run("replay", "0123456789abcdef0123456789abcdef", "1", "--data-folder", Data);
        var (_, shown, _) = await Run("audit", "show", "--data-folder", Data);

        var rows = shown.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();
        Assert.Equal(
            [("command.ask", "done", "Patient/a"), ("command.ask", "not-found", null), ("command.eval", "done", null), ("command.replay", "not-found", null)],
            rows.Select(row => (
                row.GetProperty("subtype")[0].GetProperty("code").GetString(), row.GetProperty("outcomeDesc").GetString(),
                row.TryGetProperty("entity", out var entity) && entity[0].GetProperty("what").TryGetProperty("reference", out var patient) ? patient.GetString() : null)));
        Assert.All(rows, row => Assert.Equal(Environment.UserName, row.GetProperty("agent")[0].GetProperty("who").GetProperty("identifier").GetProperty("value").GetString()));
        Assert.Equal(0, (await Run("audit", "verify", "--data-folder", Data)).Code);
    }

    [Fact]
    public async Task Files_that_the_command_line_names_leave_no_row_and_no_store()
    {
        var input = Write("a.ndjson", """{"resourceType":"Patient","id":"a","gender":"female"}""");

        Assert.Equal(0, (await Run("ask", "What is the gender?", "--patient", "a", "--data", input, "--data-folder", Data)).Code);

        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task Without_its_row_in_the_audit_nothing_is_read()
    {
        var input = Write("a.ndjson", """{"resourceType":"Patient","id":"a","gender":"female"}""");
        await Run("import", input, "--data-folder", Data);
        Directory.CreateDirectory(Path.Combine(Data, "sessions.db"));

        var (code, output, error) = await Run("ask", "What is the gender?", "--patient", "a", "--data-folder", Data);

        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith("medgemma: the audit cannot be written, so that nothing is read: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_patient_erased_after_a_backup_comes_back_with_it()
    {
        var input = Write("a.ndjson", """{"resourceType":"Patient","id":"a"}""");
        var backup = Path.Combine(_folder, "backup");
        await Run("import", input, "--data-folder", Data);
        await AskAsync("a");
        await AskAsync("b");

        Assert.Equal((0, $"backed up records.db and sessions.db to {backup}\n", ""), await Run("backup", backup, "--data-folder", Data));
        Assert.Equal((1, $"medgemma: {backup} exists already; name a new folder\n"), Failure(await Run("backup", backup, "--data-folder", Data)));
        Assert.Equal(
            "erased: 1 version of a resource, 1 session with 1 turn; 4 rows of the audit no longer name the patient\n",
            (await Run("erase", "--patient", "a", "--data-folder", Data)).Output);
        Assert.Equal(["b"], await PatientsOfSessionsAsync());
        Assert.Equal((1, "medgemma: neither records nor sessions know such a patient\n"), Failure(await Run("erase", "--patient", "a", "--data-folder", Data)));
        Assert.Equal((1, $"medgemma: there is a store in {Data} already; --replace replaces it\n"), Failure(await Run("restore", backup, "--data-folder", Data)));
        Assert.Equal((0, $"restored records.db and sessions.db from {backup}\n", ""), await Run("restore", backup, "--replace", "--data-folder", Data));
        Assert.Equal(["a", "b"], await PatientsOfSessionsAsync());
        Assert.Equal(0, (await Run("erase", "--patient", "a", "--data-folder", Data)).Code);
    }

    [Fact]
    public async Task While_a_server_runs_nothing_is_erased_or_restored_but_backed_up()
    {
        await Run("import", Write("a.ndjson", """{"resourceType":"Patient","id":"a"}"""), "--data-folder", Data);
        await AskAsync("a");
        using var serving = DataFolderLock.TryTakeForServing(Data);
        var backup = Path.Combine(_folder, "backup");

        Assert.Equal(0, (await Run("backup", backup, "--data-folder", Data)).Code);
        Assert.Equal((1, "medgemma: a server is running; stop it first: its memory holds records and conversations\n"), Failure(await Run("erase", "--patient", "a", "--data-folder", Data)));
        Assert.Equal((1, "medgemma: a server is running on this data folder; stop it first\n"), Failure(await Run("restore", backup, "--replace", "--data-folder", Data)));
        Assert.Equal(["a"], await PatientsOfSessionsAsync());
    }

    [Fact]
    public async Task While_an_import_runs_no_half_of_an_erasure_is_done()
    {
        await Run("import", Write("a.ndjson", """{"resourceType":"Patient","id":"a"}"""), "--data-folder", Data);
        await AskAsync("a");
        using (DataFolderLock.TryTakeForWriting(Data))
            Assert.Equal((1, "medgemma: Another import, erasure or restore is running on this data folder; wait for it to end.\n"), Failure(await Run("erase", "--patient", "a", "--data-folder", Data)));

        Assert.Equal(["a"], await PatientsOfSessionsAsync());
    }

    [Theory]
    [InlineData("ask", "--patient", "a", "How old?")]
    [InlineData("erase", "--patient", "a")]
    [InlineData("mcp", "--patient", "a")]
    [InlineData("eval", "qa", "--questions", "q.jsonl", "--out", "p.jsonl")]
    public async Task A_folder_without_a_store_is_named_and_stays_as_it_was(params string[] arguments)
    {
        Write("q.jsonl", """{"id":"q1","patient":"a","now":"2026-01-01T00:00:00Z","perspective":"clinical","template":"t","question":"How old is the patient?","answer":[75],"fhirpath":""}""");
        var (code, _, error) = await Run([.. arguments.Select(argument => argument.EndsWith(".jsonl", StringComparison.Ordinal) ? Path.Combine(_folder, argument) : argument), "--data-folder", Data]);

        Assert.Equal(1, code);
        Assert.StartsWith($"medgemma: there is no record store in {Data}", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task A_damaged_store_is_not_backed_up_and_what_reads_it_says_so_in_one_line()
    {
        await Run("import", Write("a.ndjson", string.Join('\n', Enumerable.Range(0, 400).Select(number => $$"""{"resourceType":"Patient","id":"p{{number}}","name":[{"family":"{{new string('x', 300)}}"}]}"""))), "--data-folder", Data);
        SqliteConnection.ClearAllPools();
        var file = Path.Combine(Data, "records.db");
        await using (var stream = File.OpenWrite(file))
        {
            stream.Position = 4 * 4096;
            await stream.WriteAsync(new byte[20 * 4096], TestContext.Current.CancellationToken);
        }

        var backup = Path.Combine(_folder, "backup");
        Assert.Equal((1, "medgemma: records.db is damaged, and nothing was backed up; restore an earlier backup\n"), Failure(await Run("backup", backup, "--data-folder", Data)));
        Assert.False(Path.Exists(backup));
        var (code, _, error) = await Run("ask", "--patient", "p399", "--data-folder", Data, "How old?");
        Assert.Equal(1, code);
        Assert.Contains("medgemma restore", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restored_store_has_its_write_ahead_log_again()
    {
        await Run("import", Write("a.ndjson", """{"resourceType":"Patient","id":"a"}"""), "--data-folder", Data);
        var backup = Path.Combine(_folder, "backup");
        await Run("backup", backup, "--data-folder", Data);
        await Run("restore", backup, "--replace", "--data-folder", Data);
        await Run("ask", "--patient", "a", "--data-folder", Data, "How old?");

        Assert.Equal("wal", await ScalarAsync("records.db", "PRAGMA journal_mode"));
    }

    [Fact]
    public async Task Sessions_of_a_newer_program_are_left_alone_by_every_verb()
    {
        await Run("import", Write("a.ndjson", """{"resourceType":"Patient","id":"a"}"""), "--data-folder", Data);
        await AskAsync("a");
        await ScalarAsync("sessions.db", "INSERT INTO session_schema_versions (version, applied_at) VALUES (99, '2030-01-01')");
        var rows = await ScalarAsync("sessions.db", "SELECT count(*) FROM audit");

        foreach (var verb in new[] { "audit verify", "audit show", "replay 0123456789abcdef0123456789abcdef 1", "ask --patient a How-old?", "erase --patient a" })
        {
            var (code, _, error) = await Run([.. verb.Split(' '), "--data-folder", Data]);
            Assert.Equal(1, code);
            Assert.Contains("99", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        }

        Assert.Equal(rows, await ScalarAsync("sessions.db", "SELECT count(*) FROM audit"));
    }

    [Fact]
    public async Task A_backup_is_of_one_moment_of_both_databases()
    {
        await Run("import", Write("a.ndjson", """{"resourceType":"Patient","id":"a"}"""), "--data-folder", Data);
        await AskAsync("a");
        var backup = Path.Combine(_folder, "backup");
        await Run("backup", backup, "--data-folder", Data);
        await Run("import", Write("b.ndjson", """{"resourceType":"Patient","id":"b"}"""), "--data-folder", Data);
        await AskAsync("b");

        await Run("restore", backup, "--replace", "--data-folder", Data);

        Assert.Equal(["a"], await PatientsOfSessionsAsync());
        Assert.Equal(1, (await Run("ask", "--patient", "b", "--data-folder", Data, "How old?")).Code);
        Assert.Equal(0, (await Run("ask", "--patient", "a", "--data-folder", Data, "How old?")).Code);
    }

    [Fact]
    public async Task A_pipe_and_a_folder_that_cannot_be_written_are_named_as_what_they_are()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc.");
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        var path = $"/proc/self/fd/{pipe.GetClientHandleAsString()}";

        Assert.Equal($"medgemma: {path}: is a pipe, a socket or a device; only regular files and folders are read", (await Run("import", path, "--data-folder", Data)).Error.Split('\n')[0]);
        Assert.Equal((1, "medgemma: The data folder /proc/1/nowhere cannot be made or entered.\n"), Failure(await Run("import", Write("a.ndjson", "{}"), "--data-folder", "/proc/1/nowhere")));
    }

    [Theory]
    [InlineData("records.db")]
    [InlineData("sessions.db")]
    [InlineData("backup.json")]
    public async Task A_backup_with_a_changed_or_missing_file_is_not_restored(string damaged)
    {
        await Run("import", Write("a.ndjson", """{"resourceType":"Patient","id":"a"}"""), "--data-folder", Data);
        await AskAsync("a");
        var backup = Path.Combine(_folder, "backup");
        await Run("backup", backup, "--data-folder", Data);
        var file = Path.Combine(backup, damaged);
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);

        var changed = await Run("restore", backup, "--replace", "--data-folder", Data);
        File.Delete(file);
        var missing = await Run("restore", backup, "--replace", "--data-folder", Data);

        foreach (var (code, _, error) in new[] { changed, missing })
        {
            Assert.Equal(1, code);
            Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }

        Assert.Equal(["a"], await PatientsOfSessionsAsync());
    }

    /// <summary>A conversation as a server would have written it: one session with one answered turn.</summary>
    private async Task AskAsync(string patient)
    {
        await using var store = new TurnStore(new SqliteDialect($"Data Source={Path.Combine(Data, "sessions.db")};Pooling=False"), TimeProvider.System);
        await store.OpenAsync(default);
        var now = DateTimeOffset.UnixEpoch;
        var session = new SessionRow(SessionKey.Create(), "i", "u", patient, AskerRole.Clinician, now);
        var audit = new AuditRow(now, "i", "u", AuditAction.CreateSession, patient, session.Key, null, "done");
        await store.CreateSessionAsync(session, audit, default);
        await store.AddTurnAsync(new TurnRow(session.Key, 1, null, "q", now, now), new TurnResultRow("answered", "{}", "[]", null, null, now), audit, audit, default);
    }

    private async Task<string[]> PatientsOfSessionsAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(Data, "sessions.db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT s.patient_id FROM sessions s JOIN turns t ON t.session_key = s.session_key ORDER BY 1";
        await using var rows = await command.ExecuteReaderAsync();
        var patients = new List<string>();
        while (await rows.ReadAsync())
            patients.Add(rows.GetString(0));

        return [.. patients];
    }

    private async Task<string?> ScalarAsync(string database, string statement)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(Data, database)};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        return (await command.ExecuteScalarAsync())?.ToString();
    }

    private static (int Code, string Error) Failure((int Code, string Output, string Error) run) => (run.Code, run.Error);

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return path;
    }

    private static async Task<(int Code, string Output, string Error)> Run(params string[] arguments)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var code = await MedGemmaCommandLine.RunAsync(arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
