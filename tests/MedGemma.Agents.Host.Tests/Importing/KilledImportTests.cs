using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace MedGemma.Agents.Host.Tests.Importing;

/// <summary>kill -9 at random moments of an import.</summary>
public sealed class KilledImportTests : IDisposable
{
    private const int Moments = 20;
    private const int Bundles = 12;
    private const int EntriesOfBundle = 400;
    private readonly string _folder = Directory.CreateTempSubdirectory("medgemma-kill-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_killed_import_leaves_whole_bundles_only_and_the_same_command_completes_it()
    {
        var token = TestContext.Current.CancellationToken;
        var input = WriteInput();
        var whole = Path.Combine(_folder, "whole");
        var started = Stopwatch.GetTimestamp();
        Assert.Equal(0, await ImportProcess.RunAsync(whole, input, token));
        var duration = Stopwatch.GetElapsedTime(started);
        var expected = Content(whole);
        Assert.Contains("Patient/b0", expected, StringComparison.Ordinal);

        var random = new Random(20261124);
        var partial = 0;
        for (var moment = 0; moment < Moments; moment++)
        {
            var folder = Path.Combine(_folder, "killed" + moment);
            using (var process = ImportProcess.Start(folder, input))
            {
                // The first part of the run is the runtime's own start.
                await Task.Delay(duration * (0.35 + (0.6 * random.NextDouble())), TimeProvider.System, token);
                process.Kill();
                await process.WaitForExitAsync(token);
            }

            if (CheckWholeBundles(folder) is > 0 and var resources && resources < (Bundles * EntriesOfBundle) + 3000)
                partial++;
            Assert.Equal(0, await ImportProcess.RunAsync(folder, input, token));
            Assert.Equal(expected, Content(folder));
            Directory.Delete(folder, recursive: true);
        }

        Assert.True(partial > 0, "No kill met the import at work: the test proves nothing.");
    }

    /// <summary>Bundles whose patient comes last, so that every entry waits for its subject, and lines for the first of them.</summary>
    private string WriteInput()
    {
        var input = Path.Combine(_folder, "in");
        Directory.CreateDirectory(input);
        for (var bundle = 0; bundle < Bundles; bundle++)
        {
            var text = new StringBuilder("""{"resourceType":"Bundle","type":"transaction","entry":[""");
            for (var entry = 1; entry < EntriesOfBundle; entry++)
            {
                text.Append(CultureInfo.InvariantCulture, $$$"""
                    {"fullUrl":"urn:uuid:{{{bundle}}}-{{{entry}}}","resource":{"resourceType":"Observation","id":"b{{{bundle}}}-{{{entry}}}","status":"final","subject":{"reference":"urn:uuid:{{{bundle}}}-p"},"note":[{"text":"{{{new string('x', 400)}}}"}] } },
                    """);
            }

            text.Append(CultureInfo.InvariantCulture, $$$"""{"fullUrl":"urn:uuid:{{{bundle}}}-p","resource":{"resourceType":"Patient","id":"b{{{bundle}}}"} }]}""");
            File.WriteAllText(Path.Combine(input, $"bundle{bundle:D2}.json"), text.ToString());
        }

        File.WriteAllLines(
            Path.Combine(input, "lines.ndjson"),
            Enumerable.Range(0, 3000).Select(static line => $$$"""{"resourceType":"Goal","id":"g{{{line}}}","subject":{"reference":"Patient/b{{{line % Bundles}}}"} }"""));
        return input;
    }

    /// <summary>Opens what the kill left and gives the number of resources in it.</summary>
    private static long CheckWholeBundles(string folder)
    {
        var file = Path.Combine(folder, "records.db");
        if (!File.Exists(file) || new FileInfo(file).Length == 0)
            return 0;

        using var store = Open(file);
        Assert.Equal("ok", Scalar(store, "PRAGMA integrity_check"));
        if ((long)Scalar(store, "SELECT count(*) FROM sqlite_schema WHERE name = 'resources'") == 0)
            return 0;

        for (var bundle = 0; bundle < Bundles; bundle++)
        {
            var visible = (long)Scalar(store, $"SELECT count(*) FROM resources WHERE type <> 'Goal' AND patient = 'b{bundle}'");
            Assert.True(visible is 0 or EntriesOfBundle, $"{visible} entries of a bundle of {EntriesOfBundle} are visible.");
        }

        Assert.Equal(0L, Scalar(store, "SELECT count(*) FROM resources WHERE standing = 3"));

        // Nothing is proved before the import has come to its end.
        if ((long)Scalar(store, "SELECT count(*) FROM imports WHERE finished IS NOT NULL") == 0)
            Assert.Equal(0L, Scalar(store, "SELECT count(*) FROM completeness WHERE complete = 1"));
        return (long)Scalar(store, "SELECT count(*) FROM resources");
    }

    private static string Content(string folder)
    {
        using var store = Open(Path.Combine(folder, "records.db"));
        var text = new StringBuilder();
        foreach (var query in new[]
        {
            "SELECT type || '/' || id, version, current, patient, standing, subject, full_url, last_updated, hex(json) FROM resources ORDER BY type, id, version",
            "SELECT id, search, identifiers, replaced_by FROM patients ORDER BY id",
            "SELECT patient, type, complete FROM completeness ORDER BY patient, type",
        })
        {
            using var command = store.CreateCommand();
            command.CommandText = query;
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                for (var column = 0; column < rows.FieldCount; column++)
                    text.Append(rows.GetValue(column)).Append('|');
                text.Append('\n');
            }
        }

        return text.ToString();
    }

    private static SqliteConnection Open(string file)
    {
        var store = new SqliteConnection($"Data Source={file};Pooling=False");
        store.Open();
        return store;
    }

    private static object Scalar(SqliteConnection store, string query)
    {
        using var command = store.CreateCommand();
        command.CommandText = query;
        return command.ExecuteScalar()!;
    }
}
