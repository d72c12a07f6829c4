using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using MedGemma.Agents.Planning.Answers;
using Microsoft.Extensions.DependencyInjection;

namespace MedGemma.Agents.Host.Tests.Serving;

public sealed class ConversationTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_patient_is_found_asked_about_and_the_session_read_reported_and_deleted()
    {
        await using var server = await RunningServer.StartAsync();
        var patient = await server.FindPatientAsync();
        var session = await server.CreateSessionAsync(patient.Id);

        var events = await ReadAllAsync(await server.AskAsync(session, "What is the patient's birth date?"));
        var shown = await server.Client.GetFromJsonAsync<JsonElement>($"/sessions/{session}", Stop);
        var reported = await server.Client.PostAsJsonAsync($"/sessions/{session}/turns/1/report-wrong", new { comment = "no" }, Stop);
        var deleted = await server.Client.DeleteAsync($"/sessions/{session}", Stop);
        var gone = await server.Client.GetAsync($"/sessions/{session}", Stop);

        Assert.Equal("answered", events[^1].Name);
        using var answered = JsonDocument.Parse(events[^1].Data);
        Assert.Equal(patient.BirthDate, answered.RootElement.GetProperty("answer").GetProperty("values")[0].GetString());
        Assert.True(JsonElement.DeepEquals(answered.RootElement.GetProperty("answer"), shown.GetProperty("turns")[0].GetProperty("answer")));
        Assert.Equal(HttpStatusCode.NoContent, reported.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await AssertProblemAsync(gone, HttpStatusCode.NotFound, "session-not-found");
    }

    [Fact]
    public async Task An_overview_counts_what_there_is()
    {
        await using var server = await RunningServer.StartAsync();
        var patient = await server.FindPatientAsync();

        var overview = await server.Client.GetFromJsonAsync<JsonElement>($"/patients/{patient.Id}/overview", Stop);
        var unknown = await server.Client.GetAsync("/patients/nobody/overview", Stop);

        Assert.Equal(patient.Id, overview.GetProperty("patient").GetString());
        Assert.Contains(overview.GetProperty("kinds").EnumerateArray(), kind => kind.GetProperty("kind").GetString() == "condition" && kind.GetProperty("count").GetInt32() > 0);
        Assert.True(overview.GetProperty("receipt").GetProperty("types").EnumerateObject().Any());
        await AssertProblemAsync(unknown, HttpStatusCode.NotFound, "patient-unknown");
    }

    [Fact]
    public async Task A_second_question_while_one_runs_gets_409_and_silence_gets_a_heartbeat()
    {
        var answerer = new HeldAnswerer();
        await using var server = await RunningServer.StartAsync(
            new Dictionary<string, string?> { ["MedGemma:Serving:Heartbeat"] = "00:00:00.2" },
            builder => builder.Services.AddSingleton<IQuestionAnswerer>(answerer));
        var session = await server.CreateSessionAsync((await server.FindPatientAsync()).Id);
        var names = new List<string>();
        using var first = await server.AskAsync(session, "anything?");
        await foreach (var happened in RunningServer.ReadEventsAsync(first))
        {
            names.Add(happened.Name);
            if (happened.Name == "comment")
            {
                await AssertProblemAsync(await server.AskAsync(session, "another?"), HttpStatusCode.Conflict, "busy");
                answerer.Release();
            }
        }

        Assert.Equal("planned", names[0]);
        Assert.Contains("comment", names);
        Assert.Equal("answered", names[^1]);
    }

    [Fact]
    public async Task The_same_idempotency_key_gives_the_same_answer_and_another_question_422()
    {
        await using var server = await RunningServer.StartAsync();
        var session = await server.CreateSessionAsync((await server.FindPatientAsync()).Id);

        var first = await ReadAllAsync(await server.AskAsync(session, "How old is the patient?", "key-1"));
        var again = await ReadAllAsync(await server.AskAsync(session, "How old is the patient?", "key-1"));
        var other = await server.AskAsync(session, "What is the patient's gender?", "key-1");

        Assert.Single(again);
        Assert.Equal(first[^1].Data.Replace("\"replayed\":false", "\"replayed\":true", StringComparison.Ordinal), again[0].Data);
        await AssertProblemAsync(other, HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
    }

    [Theory]
    [InlineData("POST", "/sessions", "{", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/sessions", "{}", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/sessions", """{"patient":"nobody"}""", HttpStatusCode.NotFound)]
    [InlineData("POST", "/sessions", """{"patient":"x","role":"king"}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/patients/search", """{"limit":0}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/sessions/not-a-key/questions", """{"question":"who?"}""", HttpStatusCode.NotFound)]
    [InlineData("POST", "/sessions/0123456789abcdef0123456789abcdef/questions", """{"question":"who?"}""", HttpStatusCode.NotFound)]
    [InlineData("POST", "/sessions/0123456789abcdef0123456789abcdef/questions", """{"question":" "}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/sessions/0123456789abcdef0123456789abcdef/questions", """{"question":"one","question":"another"}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/sessions/0123456789abcdef0123456789abcdef/questions", """{"question":"\ud800"}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/sessions/0123456789abcdef0123456789abcdef/questions", """{"question":"who?","asOf":"2026-01-01T00:00:00"}""", HttpStatusCode.BadRequest)]
    [InlineData("DELETE", "/sessions/0123456789abcdef0123456789abcdef", null, HttpStatusCode.NotFound)]
    [InlineData("GET", "/nowhere", null, HttpStatusCode.NotFound)]
    [InlineData("PUT", "/sessions", "{}", HttpStatusCode.MethodNotAllowed)]
    public async Task What_a_caller_gets_wrong_is_a_problem(string method, string path, string? body, HttpStatusCode expected)
    {
        await using var server = await RunningServer.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");

        var response = await server.Client.SendAsync(request, Stop);

        await AssertProblemAsync(response, expected, null);
        if (expected == HttpStatusCode.BadRequest)
            Assert.Contains("\"detail\":", await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_over_the_limit_gets_413_and_a_form_415()
    {
        await using var server = await RunningServer.StartAsync();
        var large = await server.Client.PostAsJsonAsync("/patients/search", new { text = new string('x', 100_000) }, Stop);
        var form = await server.Client.PostAsync("/sessions", new StringContent("""{"patient":"x"}""", Encoding.UTF8, "text/plain"), Stop);

        await AssertProblemAsync(large, HttpStatusCode.RequestEntityTooLarge, null);
        await AssertProblemAsync(form, HttpStatusCode.UnsupportedMediaType, null);
    }

    [Fact]
    public async Task The_API_is_described_and_healthy_and_tells_how_to_try_it()
    {
        await using var server = await RunningServer.StartAsync();

        var description = await server.Client.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Stop);
        var page = await server.Client.GetStringAsync("/", Stop);

        Assert.Equal(
            ["/patients/search", "/patients/{id}/overview", "/sessions", "/sessions/{id}", "/sessions/{id}/questions", "/sessions/{id}/turns/{number}/cancel", "/sessions/{id}/turns/{number}/report-wrong"],
            description.GetProperty("paths").EnumerateObject().Select(path => path.Name).Order());
        Assert.All(
            description.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).Select(operation => operation.Value),
            operation =>
            {
                var statuses = operation.GetProperty("responses").EnumerateObject().ToDictionary(response => response.Name, response => response.Value);
                string[] expected = operation.TryGetProperty("requestBody", out var _) ? ["400", "401", "413", "415", "429", "500"] : ["401", "429", "500"];
                Assert.Empty(expected.Except(statuses.Keys));
                Assert.True(statuses.ContainsKey("204") || statuses.First(status => status.Key[0] == '2').Value.GetProperty("content").EnumerateObject().Any());
                Assert.All(statuses.Where(status => status.Key[0] is '4' or '5'), status => Assert.True(status.Value.GetProperty("content").TryGetProperty("application/problem+json", out var _)));
            });
        Assert.False(description.TryGetProperty("security", out var _));
        Assert.Equal("object", (await server.Client.GetFromJsonAsync<JsonElement>("/schemas/record-query.json", Stop)).GetProperty("type").GetString());
        Assert.Contains(server.Address.Authority, page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/health/live", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/health/ready", Stop)).StatusCode);
    }

    [Fact]
    public async Task Every_response_says_that_it_is_not_to_be_kept_framed_or_sniffed()
    {
        await using var server = await RunningServer.StartAsync();

        foreach (var path in new[] { "/", "/nowhere", "/health/live" })
        {
            var response = await server.Client.GetAsync(path, Stop);
            Assert.Contains("no-store", response.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("DENY", Assert.Single(response.Headers.GetValues("X-Frame-Options")));
        }
    }

    internal static async Task AssertProblemAsync(HttpResponseMessage response, HttpStatusCode status, string? type)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Stop));
        Assert.Equal((int)status, problem.RootElement.GetProperty("status").GetInt32());
        if (type is not null)
            Assert.Equal("urn:medgemma:problem:" + type, problem.RootElement.GetProperty("type").GetString());
    }

    private static async Task<List<ServerSentEvent>> ReadAllAsync(HttpResponseMessage response)
    {
        var all = new List<ServerSentEvent>();
        await foreach (var happened in RunningServer.ReadEventsAsync(response))
            all.Add(happened);

        return all;
    }
}
