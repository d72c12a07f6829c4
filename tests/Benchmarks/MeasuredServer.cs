using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using MedGemma.Agents.Host.Composition;
using MedGemma.Agents.Host.Serving;
using MedGemma.Agents.Sessions.Records;
using Microsoft.AspNetCore.Builder;

namespace MedGemma.Benchmarks;

/// <summary>
/// The whole server in this process on a loopback socket, composed and configured as <c>medgemma serve</c> does it, and a client that keeps its connections.
/// The client does as little as a load generator does: it takes no part in the server's traces and searches the bytes of the stream for its last event.
/// </summary>
internal sealed class MeasuredServer : IAsyncDisposable
{
    private static readonly MediaTypeHeaderValue s_json = new("application/json");
    private readonly DirectoryInfo _folder;
    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private MeasuredServer(DirectoryInfo folder, WebApplication app)
    {
        _folder = folder;
        _app = app;
        _client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = new Uri(app.Urls.First()) };
    }

    public IServiceProvider Services => _app.Services;

    public static async Task<MeasuredServer> StartAsync(NamedRecordSource source, Dictionary<string, string?>? settings = null)
    {
        var folder = Directory.CreateTempSubdirectory("medgemma-bench-");
        var values = new Dictionary<string, string?>(settings ?? []) { ["MedGemma:Serving:Url"] = "http://127.0.0.1:0", ["MedGemma:Zone"] = "UTC", ["MedGemma:Serving:RequestsPerSecond"] = "1000000" };
        var app = ServeHost.Build(new ServeSettings(CommandServices.ReadConfiguration(values), "Development", source, folder.FullName));
        await app.StartAsync();
        return new MeasuredServer(folder, app);
    }

    /// <summary>Creates a session about a patient.</summary>
    /// <param name="patient">Logical id.</param>
    /// <param name="role">Who asks.</param>
    public async Task<string> CreateSessionAsync(string patient, string role)
    {
        using var response = await _client.PostAsJsonAsync("/sessions", new { patient, role });
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    /// <summary>Puts a question and reads the whole stream.</summary>
    /// <param name="session">The session.</param>
    /// <param name="question">The question.</param>
    /// <param name="asOf">The instant of the question.</param>
    /// <returns>Whether the stream ended with an answer.</returns>
    public async Task<bool> AskAsync(string session, string question, DateTimeOffset asOf)
    {
        using var body = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new { question, asOf = asOf.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'") }));
        body.Headers.ContentType = s_json;
        using var response = await _client.PostAsync(new Uri($"/sessions/{session}/questions", UriKind.Relative), body);
        return response.IsSuccessStatusCode && (await response.Content.ReadAsByteArrayAsync()).AsSpan().IndexOf("event: answered\n"u8) >= 0;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}
