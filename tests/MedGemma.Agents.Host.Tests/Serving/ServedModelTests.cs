using System.Net;
using System.Text;
using MedGemma.Agents.Host.Serving.Security;
using MedGemma.Agents.Host.Tests.Inference;

namespace MedGemma.Agents.Host.Tests.Serving;

/// <summary>The server with a model on another process, here one in this process.</summary>
public sealed class ServedModelTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("medgemma-model-");
    private readonly ScriptedModel _model = new("An ", "answer.");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Socket => "unix:" + Path.Combine(_folder.FullName, "planner.sock");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_model_that_answers_is_healthy_and_one_that_does_not_makes_no_server_unready()
    {
        await using var server = await RunningServer.StartAsync(Models());
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/health/ready", Stop)).StatusCode);
        var down = await server.Client.GetAsync("/health/models", Stop);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, """{"planner":"down"}"""), (down.StatusCode, await down.Content.ReadAsStringAsync(Stop)));

        await using var inference = await RunningInference.StartAsync(_model, Socket);
        await UpAsync(server);
    }

    [Fact]
    public async Task Without_models_the_server_says_so_and_has_no_door_to_them()
    {
        await using var server = await RunningServer.StartAsync();
        Assert.Equal("{}", await server.Client.GetStringAsync("/health/models", Stop));
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync("/v1/models", Stop)).StatusCode);
    }

    [Fact]
    public async Task Sessions_and_other_software_wait_in_one_queue()
    {
        var key = ApiKey.Create();
        var configuration = Models();
        configuration["MedGemma:ModelApi:ApiKeys:0:Sha256"] = Convert.ToHexStringLower(ApiKey.Hash(key));
        configuration["MedGemma:ModelApi:ApiKeys:0:User"] = "coder";
        configuration["MedGemma:Serving:ApiKeys:0:Sha256"] = Convert.ToHexStringLower(ApiKey.Hash(ApiKey.Create()));
        configuration["MedGemma:Serving:ApiKeys:0:User"] = "clinician";
        configuration["MedGemma:Serving:ApiKeys:0:Patients:0"] = "*";
        await using var inference = await RunningInference.StartAsync(_model, Socket);
        await using var server = await RunningServer.StartAsync(configuration);
        await UpAsync(server);

        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Client.GetAsync("/v1/models", Stop)).StatusCode);
        using var client = server.MakeClient(key);
        using var content = new StringContent("""{"model":"planner","messages":[{"role":"user","content":"Hello."}],"prefix_scope":"patient 1"}""", Encoding.UTF8, "application/json");
        using var response = await client.PostAsync("/v1/chat/completions", content, Stop);
        Assert.Contains("An answer.", await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal("coder\npatient 1", Assert.Single(_model.Requests).Prefix.Scope);

        // A key of the models opens no record.
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/patients/1/overview", Stop)).StatusCode);
    }

    private static async Task UpAsync(RunningServer server)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (await (await server.Client.GetAsync("/health/models", patience.Token)).Content.ReadAsStringAsync(patience.Token) != """{"planner":"up"}""")
            await Task.Delay(20, patience.Token);
    }

    private Dictionary<string, string?> Models() => new()
    {
        ["MedGemma:Models:planner:Replicas:0"] = Socket,
        ["MedGemma:Models:planner:Pool:CheckInterval"] = "00:00:00.050",
    };
}
