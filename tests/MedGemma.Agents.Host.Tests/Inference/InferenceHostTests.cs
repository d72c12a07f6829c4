using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MedGemma.Agents.Host.Commands;
using MedGemma.Agents.Host.Serving.Security;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.OpenAi.Client;

namespace MedGemma.Agents.Host.Tests.Inference;

public sealed class InferenceHostTests : IDisposable
{
    private const string Secret = "The patient's HbA1c was 7.1 %.";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("medgemma-inference-");
    private readonly ScriptedModel _model = new("It ", "was ", "7.1 %.");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Socket => "unix:" + Path.Combine(_folder.FullName, "planner.sock");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_socket_is_its_owners_alone_and_answers()
    {
        await using var server = await RunningInference.StartAsync(_model, Socket);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(server.Settings.Socket!));

        using var http = server.OverSocket();
        using var client = new OpenAiChatClient(http, "planner");
        Assert.Equal("It was 7.1 %.", (await client.GetResponseAsync([new(Microsoft.Extensions.AI.ChatRole.User, Secret)], cancellationToken: Stop)).Text);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("health", Stop)).StatusCode);
    }

    [Fact]
    public async Task A_socket_left_behind_is_taken_and_one_in_use_is_not()
    {
        var path = Socket["unix:".Length..];
        using (var left = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified))
        {
            // A socket takes its file away when it is closed in order, so the file has to go elsewhere to be left behind.
            left.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(path + ".bound"));
            File.Move(path + ".bound", path);
        }

        Assert.True(File.Exists(path));
        await using var server = await RunningInference.StartAsync(_model, Socket);
        var refused = await Assert.ThrowsAsync<CommandRefusedException>(() => RunningInference.StartAsync(_model, Socket));
        Assert.Equal($"inference: another process listens on {path}", refused.Message);
    }

    [Fact]
    public async Task On_the_network_a_client_shows_a_certificate_of_the_authority()
    {
        using var hospital = new TestAuthority(_folder.FullName, "hospital");
        using var stranger = new TestAuthority(_folder.FullName, "stranger");
        await using var server = await RunningInference.StartAsync(_model, "https://127.0.0.1:0", new()
        {
            ["MedGemma:ModelApi:Certificate"] = hospital.Issue("server", client: false),
            ["MedGemma:ModelApi:ClientAuthority"] = hospital.RootFile,
        });
        using var right = Connect(server, hospital, hospital.Issue("sessions", client: true));
        await AskAsync(right);
        Assert.Equal(HttpStatusCode.OK, (await right.GetAsync("metrics", Stop)).StatusCode);

        using var between = Connect(server, hospital, hospital.IssueThroughAnother("department", client: true));
        await AskAsync(between);

        foreach (var certificate in new[] { null, stranger.Issue("other", client: true), hospital.Issue("no-client", client: false) })
        {
            using var wrong = Connect(server, hospital, certificate);
            await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(wrong));
        }

        // Nor does a client send a prompt to a server that its own authority has not signed.
        using var careful = Connect(server, stranger, hospital.Issue("careful", client: true));
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(careful));
        Assert.Equal(2, _model.Requests.Count);
    }

    [Fact]
    public async Task Other_software_calls_with_a_key_gives_way_if_it_must_and_shares_prompts_with_nobody()
    {
        var (key, batch) = (ApiKey.Create(), ApiKey.Create());
        await using var server = await RunningInference.StartAsync(_model, "http://127.0.0.1:0", new()
        {
            ["MedGemma:ModelApi:ApiKeys:0:Sha256"] = Convert.ToHexStringLower(ApiKey.Hash(key)),
            ["MedGemma:ModelApi:ApiKeys:0:User"] = "coder",
            ["MedGemma:ModelApi:ApiKeys:1:Sha256"] = Convert.ToHexStringLower(ApiKey.Hash(batch)),
            ["MedGemma:ModelApi:ApiKeys:1:User"] = "nightly",
            ["MedGemma:ModelApi:ApiKeys:1:BatchOnly"] = "true",
        });
        using var http = new HttpClient { BaseAddress = server.Address };
        foreach (var path in new[] { "v1/models", "metrics" })
        {
            http.DefaultRequestHeaders.Authorization = null;
            Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(path, Stop)).StatusCode);
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey.Create());
            var refused = await http.GetAsync(path, Stop);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            Assert.Contains("invalid_api_key", await refused.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        }

        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        await AskAsync(http);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", batch);
        await AskAsync(http);
        Assert.Equal(
            [("coder\npatient 1", 1, "coder\n", GenerationPriority.Interactive), ("nightly\npatient 1", 1, "nightly\n", GenerationPriority.Batch)],
            _model.Requests.Select(request => (request.Prefix.Scope, request.Prefix.PinnedMessages, request.Prefix.PinnedFor, request.Priority)));
    }

    [Theory]
    [InlineData("http://0.0.0.0:0", "inference: prompts must not travel unencrypted; listen on https")]
    [InlineData("https://127.0.0.1:0", "inference: name the PEM files of the certificate in MedGemma:ModelApi:Certificate and CertificateKey")]
    [InlineData("http://127.0.0.1:0", "inference: nobody could be told from anybody: name the authority of the clients' certificates in MedGemma:ModelApi:ClientAuthority, or keys in MedGemma:ModelApi:ApiKeys")]
    [InlineData("gpu2", "inference: 'gpu2' is no address to listen on; give unix:/path or https://host:port")]
    public async Task A_door_that_anybody_could_open_is_not_opened(string listen, string problem) =>
        Assert.Equal(problem, (await Assert.ThrowsAsync<CommandRefusedException>(() => RunningInference.StartAsync(_model, listen))).Message);

    private static HttpClient Connect(RunningInference server, TestAuthority trusted, string? certificate)
    {
        var authority = new X509Certificate2Collection();
        authority.ImportFromPemFile(trusted.RootFile);
        var intermediates = new X509Certificate2Collection();
        if (certificate is not null)
            intermediates.ImportFromPemFile(certificate);

        return OpenAiConnection.OverNetwork(server.Address, certificate: certificate is null ? null : X509Certificate2.CreateFromPemFile(certificate), intermediates: intermediates, authority: authority);
    }

    private static async Task AskAsync(HttpClient http)
    {
        using var content = new StringContent("""{"model":"planner","messages":[{"role":"user","content":"The patient's HbA1c was 7.1 %."}],"prefix_scope":"patient 1","prefix_pinned_messages":1}""", Encoding.UTF8, "application/json");
        using var response = await http.PostAsync("v1/chat/completions", content, Stop);
        response.EnsureSuccessStatusCode();
        Assert.Contains("7.1 %.", await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }
}
