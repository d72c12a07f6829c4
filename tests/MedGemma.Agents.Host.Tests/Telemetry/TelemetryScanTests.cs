using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using MedGemma.Agents.Host.Tests.Serving;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Sessions.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace MedGemma.Agents.Host.Tests.Telemetry;

public sealed class TelemetryScanTests
{
    private const string Question = "What is the patient's birth date, zebrafish?";
    private static readonly Dictionary<string, string?> s_talkative = new()
    {
        ["Logging:LogLevel:Default"] = "Trace",
        ["Logging:LogLevel:Microsoft"] = "Trace",
        ["Logging:LogLevel:Orleans"] = "Information",
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_span_metric_or_log_of_a_conversation_identifies_anyone()
    {
        var captured = new CapturedTelemetry();
        var secrets = new HashSet<string>();
        await using (var server = await RunningServer.StartAsync(s_talkative, captured.Attach))
        {
            var patient = await server.FindPatientAsync();
            secrets.Add(patient.Id);
            secrets.UnionWith(patient.Identifiers.Where(identifier => identifier.Length > 3));
            secrets.UnionWith((patient.Name ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(part => part.Length > 3));
            secrets.UnionWith([patient.BirthDate!, "zebrafish", "birth date", "Mallory-secret"]);

            await TalkAsync(server, patient.Id);
        }

        AssertSilent(captured, secrets);
        Assert.Contains(captured.ReadAll(), line => line.Contains(SessionTelemetry.TurnSpan, StringComparison.Ordinal));
        Assert.Contains(captured.ReadAll(), line => line.Contains("/patients/{id}/overview", StringComparison.Ordinal));
        Assert.Contains(captured.ReadAll(), line => line.StartsWith($"metric {SessionTelemetry.SourceName} {SessionTelemetry.Turns}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nor_does_what_is_exported_of_a_turn_that_fails_quoting_the_record()
    {
        var captured = new CapturedTelemetry();
        var secrets = new HashSet<string> { "zebrafish" };
        var answerer = new HeldAnswerer();
        answerer.Release();
        await using (var server = await RunningServer.StartAsync(s_talkative, builder =>
        {
            captured.Attach(builder);
            builder.Services.AddSingleton<IQuestionAnswerer>(answerer);
        }))
        {
            var patient = await server.FindPatientAsync();
            secrets.Add(patient.Id);
            var session = await server.CreateSessionAsync(patient.Id);

            var response = await server.AskAsync(session, "fail, zebrafish");
            Assert.Contains("event: failed", await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        }

        AssertSilent(captured, secrets);
        Assert.Contains(captured.ReadAll(), line => line.Contains("A turn failed with", StringComparison.Ordinal));
    }

    private static async Task TalkAsync(RunningServer server, string patient)
    {
        var session = await server.CreateSessionAsync(patient);
        var response = await server.AskAsync(session, Question, "key-Mallory-secret");
        Assert.Contains("event: answered", await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        await server.AskAsync(session, Question, "key-Mallory-secret");
        await server.Client.GetFromJsonAsync<JsonElement>($"/sessions/{session}", Stop);
        await server.Client.GetFromJsonAsync<JsonElement>($"/patients/{patient}/overview?name=Mallory-secret", Stop);
        await server.Client.GetAsync($"/patients/{patient}/nowhere", Stop);
        await server.Client.GetAsync("/patients/Mallory-secret/overview", Stop);
        await server.Client.PostAsync($"/sessions/{session}/questions", new StringContent("{\"question\":\"Mallory-secret", Encoding.UTF8, "application/json"), Stop);
        await server.Client.PostAsJsonAsync("/patients/search", new { text = "Mallory-secret" }, Stop);
        await server.Client.PostAsJsonAsync($"/sessions/{session}/turns/1/report-wrong", new { comment = "Mallory-secret" }, Stop);
        using var baggage = new HttpRequestMessage(HttpMethod.Get, $"/patients/{patient}/overview");
        baggage.Headers.Add("baggage", "who=Mallory-secret");
        baggage.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        baggage.Headers.Add("tracestate", "who=Mallory-secret");
        await server.Client.SendAsync(baggage, Stop);
        await server.Client.DeleteAsync($"/sessions/{session}", Stop);
    }

    private static void AssertSilent(CapturedTelemetry captured, HashSet<string> secrets)
    {
        Assert.True(captured is { Spans: > 0, Metrics: > 0, Logs: > 0 }, $"{captured.Spans} spans, {captured.Metrics} metrics, {captured.Logs} logs");
        var told = captured.ReadAll()
            .Where(line => secrets.Any(secret => line.Contains(secret, StringComparison.OrdinalIgnoreCase)))
            .Distinct()
            .ToArray();
        Assert.True(told.Length == 0, string.Join('\n', told.Take(20)));
    }
}
