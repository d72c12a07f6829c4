using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MedGemma.Agents.Host.Serving.Security;
using Microsoft.Extensions.Hosting;

namespace MedGemma.Agents.Host.Tests.Serving;

/// <summary>Over sockets: a key opens its patients, and of others nothing shows, not even that they are there.</summary>
public sealed class PatientAccessTests : IDisposable
{
    private readonly string _everyoneKey = ApiKey.Create();
    private readonly string _listedKey = ApiKey.Create();
    private readonly string _fileKey = ApiKey.Create();
    private readonly string _patientKey = ApiKey.Create();
    private readonly string _expiredKey = ApiKey.Create();
    private readonly string _ward = Path.GetTempFileName();
    private readonly string[] _patients = [.. FixturePatients().Order(StringComparer.Ordinal)];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => File.Delete(_ward);

    [Fact]
    public async Task A_key_finds_and_opens_its_own_patients_only()
    {
        await using var server = await StartAsync();
        using var everyone = server.MakeClient(_everyoneKey);
        using var listed = server.MakeClient(_listedKey);

        Assert.Equal(_patients, await SearchAsync(everyone));
        Assert.Equal([_patients[2], _patients[5]], await SearchAsync(listed));
        Assert.Equal([_patients[2]], await SearchAsync(listed, limit: 1));
        Assert.Equal(HttpStatusCode.OK, (await listed.GetAsync($"/patients/{_patients[5]}/overview", Stop)).StatusCode);
        var session = await server.CreateSessionAsync(_patients[2], listed);
        Assert.Equal(HttpStatusCode.OK, (await server.AskAsync(session, "What was the latest HbA1c?", client: listed)).StatusCode);
    }

    [Fact]
    public async Task A_patient_out_of_reach_looks_like_one_who_is_not_there_and_both_are_audited()
    {
        await using var server = await StartAsync();
        using var listed = server.MakeClient(_listedKey);

        var overview = await listed.GetAsync($"/patients/{_patients[0]}/overview", Stop);
        var overviewOfNobody = await listed.GetAsync("/patients/nobody/overview", Stop);
        var session = await listed.PostAsJsonAsync("/sessions", new { patient = _patients[0] }, Stop);
        var sessionOfNobody = await listed.PostAsJsonAsync("/sessions", new { patient = "nobody" }, Stop);

        foreach (var response in new[] { overview, overviewOfNobody, session, sessionOfNobody })
            await ConversationTests.AssertProblemAsync(response, HttpStatusCode.NotFound, "patient-unknown");
        Assert.Equal(await WordsAsync(overviewOfNobody), await WordsAsync(overview));
        Assert.Equal(await WordsAsync(sessionOfNobody), await WordsAsync(session));
        Assert.Empty(await SearchAsync(listed, _patients[0]));
        Assert.Equal(
            [
                ("listed", "patient.overview", _patients[0], "denied"),
                ("listed", "patient.overview", "nobody", "denied"),
                ("listed", "session.create", _patients[0], "denied"),
                ("listed", "session.create", "nobody", "denied"),
                ("listed", "patient.search", (string?)null, "done"),
            ],
            server.ReadAudit());
    }

    [Fact]
    public async Task The_description_says_that_calls_need_a_key()
    {
        await using var server = await StartAsync();

        var description = await server.Client.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Stop);

        Assert.Equal("key", Assert.Single(description.GetProperty("security")[0].EnumerateObject()).Name);
        Assert.Equal("bearer", description.GetProperty("components").GetProperty("securitySchemes").GetProperty("key").GetProperty("scheme").GetString());
    }

    [Fact]
    public async Task Granted_access_is_audited_too_and_so_is_a_patient_who_is_not_there()
    {
        await using var server = await StartAsync();
        using var everyone = server.MakeClient(_everyoneKey);

        await everyone.GetAsync($"/patients/{_patients[0]}/overview", Stop);
        await everyone.PostAsJsonAsync("/sessions", new { patient = "nobody" }, Stop);
        await server.CreateSessionAsync(_patients[1], everyone);

        Assert.Equal(
            [
                ("everyone", "patient.overview", _patients[0], "done"),
                ("everyone", "session.create", null, "not-found"),
                ("everyone", "session.create", _patients[1], "done"),
            ],
            server.ReadAudit());
    }

    [Fact]
    public async Task A_patient_taken_off_the_list_file_is_out_of_reach_at_once_in_running_sessions_too()
    {
        await File.WriteAllLinesAsync(_ward, ["# ward 3", "", _patients[1], "  " + _patients[3] + "  "], Stop);
        await using var server = await StartAsync();
        using var client = server.MakeClient(_fileKey);
        var session = await server.CreateSessionAsync(_patients[3], client);

        await File.WriteAllLinesAsync(_ward, [_patients[1]], Stop);

        Assert.Equal([_patients[1]], await SearchAsync(client));
        await ConversationTests.AssertProblemAsync(await client.GetAsync($"/sessions/{session}", Stop), HttpStatusCode.NotFound, "session-not-found");
        await ConversationTests.AssertProblemAsync(await server.AskAsync(session, "who?", client: client), HttpStatusCode.NotFound, "session-not-found");
        Assert.Contains(("ward", "turn.begin", _patients[3], "denied"), server.ReadAudit());

        File.Delete(_ward);
        Assert.Empty(await SearchAsync(client));
    }

    [Fact]
    public async Task A_patient_asks_as_a_patient_whatever_the_request_says()
    {
        await using var server = await StartAsync();
        using var client = server.MakeClient(_patientKey);

        var asClinician = await client.PostAsJsonAsync("/sessions", new { patient = _patients[4], role = "clinician" }, Stop);
        var created = await client.PostAsJsonAsync("/sessions", new { patient = _patients[4] }, Stop);

        await ConversationTests.AssertProblemAsync(asClinician, HttpStatusCode.BadRequest, "invalid");
        var id = (await created.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetString();
        Assert.Equal("patient", (await client.GetFromJsonAsync<JsonElement>($"/sessions/{id}", Stop)).GetProperty("role").GetString());
    }

    [Fact]
    public async Task A_key_that_is_unknown_weak_or_expired_gets_401_and_an_audit_row()
    {
        await using var server = await StartAsync();

        foreach (var key in new[] { ApiKey.Create(), "password", "mgk_", _everyoneKey + "x", _expiredKey })
        {
            using var client = server.MakeClient(key);
            await ConversationTests.AssertProblemAsync(await client.GetAsync($"/patients/{_patients[0]}/overview", Stop), HttpStatusCode.Unauthorized, null);
        }

        var audit = server.ReadAudit();
        Assert.Equal(["unknown", "unknown", "unknown", "unknown", "expired"], audit.Select(row => row.User));
        Assert.All(audit, row => Assert.Equal(("authenticate", null, "denied"), (row.Action, row.Patient, row.Outcome)));
    }

    [Fact]
    public async Task Who_calls_too_often_gets_429_and_others_do_not()
    {
        await using var server = await StartAsync(new Dictionary<string, string?> { ["MedGemma:Serving:RequestsPerSecond"] = "1" });
        using var busy = server.MakeClient(_everyoneKey);
        using var other = server.MakeClient(_listedKey);

        var responses = new List<HttpResponseMessage>();
        for (var i = 0; i < 20; i++)
            responses.Add(await busy.GetAsync("/sessions/0123456789abcdef0123456789abcdef", Stop));

        var refused = responses.First(response => response.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.Equal("1", Assert.Single(refused.Headers.GetValues("Retry-After")));
        await ConversationTests.AssertProblemAsync(refused, HttpStatusCode.TooManyRequests, "too-many-requests");
        Assert.Equal(HttpStatusCode.OK, (await other.PostAsJsonAsync("/patients/search", new { text = "" }, Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/health/live", Stop)).StatusCode);
    }

    private static IEnumerable<string> FixturePatients()
    {
        foreach (var file in Directory.EnumerateFiles(RunningServer.FixtureFolder, "patient-*"))
        {
            var text = File.ReadAllText(file);
            var start = text.IndexOf("\"resourceType\":\"Patient\",\"id\":\"", StringComparison.Ordinal) + "\"resourceType\":\"Patient\",\"id\":\"".Length;
            yield return text[start..text.IndexOf('"', start)];
        }
    }

    private static async Task<string[]> SearchAsync(HttpClient client, string text = "", int limit = 20)
    {
        var response = await client.PostAsJsonAsync("/patients/search", new { text, limit }, Stop);
        response.EnsureSuccessStatusCode();
        var found = await response.Content.ReadFromJsonAsync<JsonElement>(Stop);
        return [.. found.GetProperty("patients").EnumerateArray().Select(patient => patient.GetProperty("id").GetString()!)];
    }

    /// <summary>All of a problem but the id of its trace.</summary>
    private static async Task<string> WordsAsync(HttpResponseMessage response)
    {
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Stop);
        return string.Join('\n', problem.EnumerateObject().Where(member => member.Name != "traceId").Select(member => member.ToString()));
    }

    private Task<RunningServer> StartAsync(Dictionary<string, string?>? further = null)
    {
        var settings = new Dictionary<string, string?>(further ?? []);
        Add(0, _everyoneKey, "everyone", ("Patients:0", "*"));
        Add(1, _listedKey, "listed", ("Patients:0", _patients[2]), ("Patients:1", _patients[5]));
        Add(2, _fileKey, "ward", ("PatientsFile", _ward));
        Add(3, _patientKey, "self", ("Patients:0", _patients[4]), ("Role", "Patient"));
        Add(4, _expiredKey, "expired", ("Patients:0", "*"), ("Expires", "2020-01-01T00:00:00Z"));
        return RunningServer.StartAsync(settings, environment: Environments.Production);

        void Add(int index, string key, string user, params (string Name, string Value)[] members)
        {
            var entry = $"MedGemma:Serving:ApiKeys:{index}:";
            settings[entry + "Sha256"] = Convert.ToHexString(ApiKey.Hash(key));
            settings[entry + "User"] = user;
            foreach (var (name, value) in members)
                settings[entry + name] = value;
        }
    }
}
