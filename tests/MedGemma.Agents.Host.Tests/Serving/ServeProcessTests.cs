using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace MedGemma.Agents.Host.Tests.Serving;

public sealed class ServeProcessTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("medgemma-data-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_second_serve_on_the_same_folder_is_refused_with_one_line()
    {
        using var first = await ServeProcess.StartAsync(_folder.FullName);

        var (exitCode, error) = await ServeProcess.RunToEndAsync(_folder.FullName);

        Assert.Equal(1, exitCode);
        Assert.Equal("medgemma: another medgemma serves this data folder", error.Trim());
    }

    [Fact]
    public async Task Nothing_is_written_outside_the_data_folder()
    {
        var home = _folder.CreateSubdirectory("home");
        var data = Path.Combine(_folder.FullName, "data");

        using (var server = await ServeProcess.StartAsync(data, new Dictionary<string, string> { ["HOME"] = home.FullName }))
            (await server.Client.GetAsync("/health/ready", Stop)).EnsureSuccessStatusCode();

        Assert.Empty(home.EnumerateFileSystemInfos("*", SearchOption.AllDirectories));
        Assert.Equal(["records.db", "sessions.db"], Directory.GetFiles(data, "*.db").Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task The_silo_opens_no_port()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc.");
        using var serve = await ServeProcess.StartAsync(_folder.FullName);

        Assert.Equal([serve.Client.BaseAddress!.Port], serve.ListeningPorts());
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_in_one_line()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://{listener.LocalEndpoint}";

        var (exitCode, error) = await ServeProcess.RunToEndAsync(_folder.FullName, url: url);

        Assert.Equal(1, exitCode);
        Assert.StartsWith($"medgemma: {url} cannot be listened on: ", error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
    }

    [Fact]
    public async Task Outside_development_it_does_not_serve_without_authentication_and_says_why_in_one_line()
    {
        var (exitCode, error) = await ServeProcess.RunToEndAsync(_folder.FullName, "Production");

        Assert.Equal(1, exitCode);
        Assert.StartsWith("medgemma: no authentication is configured", error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
    }

    /// <summary>Rounds of kill -9 at a random moment among running turns; <c>MEDGEMMA_SOAK</c> makes 20 of the usual 3.</summary>
    [Fact]
    public async Task Kill_9_in_a_turn_loses_nothing_acknowledged_and_shows_nothing_half_written()
    {
        var rounds = Environment.GetEnvironmentVariable("MEDGEMMA_SOAK") is null ? 3 : 20;
        var random = new Random(2026);
        var acknowledged = new ConcurrentDictionary<(string Session, int Turn), JsonElement>();
        var sessions = new ConcurrentBag<string>();
        for (var round = 0; round < rounds; round++)
        {
            using var server = await ServeProcess.StartAsync(_folder.FullName);
            await CheckAsync(server.Client, sessions, acknowledged);
            var patient = await FindPatientAsync(server.Client);
            using var answered = new SemaphoreSlim(0);
            var asking = Enumerable.Range(0, 4).Select(_ => AskUntilDeadAsync(server.Client, patient, sessions, acknowledged, answered)).ToArray();

            // A cold server under load may need seconds for its first turn; the random moment comes after it.
            Assert.True(await answered.WaitAsync(TimeSpan.FromSeconds(60), Stop), "no turn was acknowledged within a minute");
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 1200)), TimeProvider.System, Stop);
            await server.KillAsync();
            await Task.WhenAll(asking);
        }

        Assert.True(acknowledged.Count >= rounds, $"only {acknowledged.Count} turns were acknowledged");
        using var last = await ServeProcess.StartAsync(_folder.FullName);
        await CheckAsync(last.Client, sessions, acknowledged);
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task A_store_of_a_newer_program_stops_the_start(string environment)
    {
        var store = Path.Combine(_folder.FullName, "records.db");
        using (var connection = new SqliteConnection($"Data Source={store};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA application_id = 0x4D475253; PRAGMA user_version = 99";
            command.ExecuteNonQuery();
        }

        var (code, error) = await ServeProcess.RunToEndAsync(_folder.FullName, environment, settings: new Dictionary<string, string>
        {
            ["MEDGEMMA_MedGemma__Serving__ApiKeys__0__Sha256"] = new string('a', 64),
            ["MEDGEMMA_MedGemma__Serving__ApiKeys__0__User"] = "u",
            ["MEDGEMMA_MedGemma__Serving__ApiKeys__0__Patients__0"] = "*",
        });

        Assert.Equal(1, code);
        Assert.StartsWith("medgemma: The store has schema 99, ", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static async Task CheckAsync(
        HttpClient client, IEnumerable<string> sessions, ConcurrentDictionary<(string Session, int Turn), JsonElement> acknowledged)
    {
        foreach (var session in sessions)
        {
            var shown = await client.GetFromJsonAsync<JsonElement>($"/sessions/{session}", Stop);
            var turns = shown.GetProperty("turns").EnumerateArray().ToDictionary(turn => turn.GetProperty("number").GetInt32());
            foreach (var turn in turns.Values)
            {
                var whole = turn.GetProperty("answer").ValueKind == JsonValueKind.Object && turn.GetProperty("answer").TryGetProperty("asOf", out _);
                Assert.True(whole || turn.GetProperty("status").GetString() == "interrupted", turn.GetRawText());
            }

            foreach (var ((_, number), answer) in acknowledged.Where(turn => turn.Key.Session == session))
                Assert.True(JsonElement.DeepEquals(answer, turns[number].GetProperty("answer")), turns[number].GetRawText());
        }
    }

    private static async Task AskUntilDeadAsync(
        HttpClient client,
        string patient,
        ConcurrentBag<string> sessions,
        ConcurrentDictionary<(string Session, int Turn), JsonElement> acknowledged,
        SemaphoreSlim answered)
    {
        try
        {
            var created = await (await client.PostAsJsonAsync("/sessions", new { patient }, Stop)).Content.ReadFromJsonAsync<JsonElement>(Stop);
            var session = created.GetProperty("id").GetString()!;
            sessions.Add(session);
            while (true)
            {
                using var response = await client.PostAsJsonAsync($"/sessions/{session}/questions", new { question = "How old is the patient?" }, Stop);
                await foreach (var happened in RunningServer.ReadEventsAsync(response))
                {
                    if (happened.Name != "answered")
                        continue;

                    using var json = JsonDocument.Parse(happened.Data);
                    acknowledged[(session, json.RootElement.GetProperty("turn").GetInt32())] = json.RootElement.GetProperty("answer").Clone();
                    answered.Release();
                }
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            // The server is dead; what it acknowledged before is in the dictionary.
        }
    }

    private static async Task<string> FindPatientAsync(HttpClient client)
    {
        var found = await (await client.PostAsJsonAsync("/patients/search", new { }, Stop)).Content.ReadFromJsonAsync<JsonElement>(Stop);
        return found.GetProperty("patients")[0].GetProperty("id").GetString()!;
    }
}
