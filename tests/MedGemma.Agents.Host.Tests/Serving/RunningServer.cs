using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using MedGemma.Agents.Host.Serving;
using MedGemma.Agents.Records.Reading;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Sessions.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;

namespace MedGemma.Agents.Host.Tests.Serving;

/// <summary>The whole server in this process, on a loopback socket, over the synthetic patients.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly WebApplication _app;

    private RunningServer(DirectoryInfo folder, WebApplication app)
    {
        _folder = folder;
        _app = app;
        Address = new Uri(app.Urls.First());
        Client = MakeClient();
    }

    public static string FixtureFolder { get; } = Path.Combine(AppContext.BaseDirectory, "fhir-fixtures", "patients");

    /// <summary>A chart that contradicts itself, without a manifest that would say what is complete.</summary>
    public static string ContradictionFile { get; } = Path.Combine(AppContext.BaseDirectory, "fhir-fixtures", "security", "contradictions.ndjson");

    public Uri Address { get; }

    public HttpClient Client { get; }

    public string DataFolder => _folder.FullName;

    public static async Task<RunningServer> StartAsync(
        Dictionary<string, string?>? configuration = null, Action<WebApplicationBuilder>? configure = null, string environment = "Development", string? files = null, CompleteTypes? complete = null)
    {
        var folder = Directory.CreateTempSubdirectory("medgemma-serve-");
        var source = await FileRecordSource.OpenAsync(
            [files ?? FixtureFolder], complete ?? CompleteTypes.None, new ResourceReaderOptions(), TimeProvider.System, CancellationToken.None);
        var values = new Dictionary<string, string?> { ["MedGemma:Serving:Url"] = "http://127.0.0.1:0", ["MedGemma:Zone"] = "UTC" };
        foreach (var (name, value) in configuration ?? [])
            values[name] = value;
        var settings = new ServeSettings(
            new ConfigurationBuilder().AddInMemoryCollection(values).Build(), environment, new NamedRecordSource("fixtures", source), folder.FullName);
        var app = ServeHost.Build(settings, configure);
        await app.StartAsync();
        return new RunningServer(folder, app);
    }

    /// <summary>The audit so far, oldest first: user, action, patient and outcome.</summary>
    public IReadOnlyList<(string User, string Action, string? Patient, string Outcome)> ReadAudit()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.FullName, "sessions.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT user_id, action, patient_id, outcome FROM audit ORDER BY id";
        using var rows = command.ExecuteReader();
        var audit = new List<(string, string, string?, string)>();
        while (rows.Read())
            audit.Add((rows.GetString(0), rows.GetString(1), rows.IsDBNull(2) ? null : rows.GetString(2), rows.GetString(3)));
        return audit;
    }

    public HttpClient MakeClient(string? key = null)
    {
        var client = new HttpClient { BaseAddress = Address };
        if (key is not null)
            client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return client;
    }

    public async Task<PatientMatch> FindPatientAsync(int index = 0, HttpClient? client = null)
    {
        var response = await (client ?? Client).PostAsJsonAsync("/patients/search", new { text = "" });
        response.EnsureSuccessStatusCode();
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("patients")[index].Deserialize<PatientMatch>(JsonSerializerOptions.Web)!;
    }

    public async Task<string> CreateSessionAsync(string patientId, HttpClient? client = null)
    {
        var response = await (client ?? Client).PostAsJsonAsync("/sessions", new { patient = patientId, role = "clinician" });
        Assert.Equal(System.Net.HttpStatusCode.Created, response.StatusCode);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("id").GetString()!;
    }

    public async Task<HttpResponseMessage> AskAsync(string session, string question, string? key = null, HttpClient? client = null, DateTimeOffset? asOf = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/sessions/{session}/questions") { Content = JsonContent.Create(new { question, asOf = asOf?.ToString("O", CultureInfo.InvariantCulture) }) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await (client ?? Client).SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public static async IAsyncEnumerable<ServerSentEvent> ReadEventsAsync(HttpResponseMessage response)
    {
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(), Encoding.UTF8);
        string? name = null;
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(':'))
                yield return new ServerSentEvent("comment", line);
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
                name = line["event: ".Length..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                yield return new ServerSentEvent(name!, line["data: ".Length..]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}
