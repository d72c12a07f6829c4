using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedGemma.Agents.Host.Commands;
using MedGemma.Agents.Host.Serving;
using MedGemma.Agents.Host.Serving.Security;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Host.Tests.Serving;

public sealed class AccessTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Production", "http://127.0.0.1:5080")]
    [InlineData("Staging", "http://localhost:5080")]
    [InlineData("Development", "http://0.0.0.0:5080")]
    [InlineData("Development", "http://*:5080")]
    [InlineData("Development", "http://192.0.2.1:5080")]
    public void Without_authentication_it_refuses_all_but_loopback_in_development(string environment, string url)
    {
        var refused = Assert.Throws<CommandRefusedException>(
            () => ServingAccess.ChooseScheme(new ServingOptions { Url = url }, new HostingEnvironment { EnvironmentName = environment }));

        Assert.DoesNotContain('\n', refused.Message);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080")]
    [InlineData("http://[::1]:5080")]
    [InlineData("http://localhost:5080")]
    public void Without_authentication_it_serves_loopback_in_development(string url) => Assert.Equal(
        LoopbackHandler.SchemeName,
        ServingAccess.ChooseScheme(new ServingOptions { Url = url }, new HostingEnvironment { EnvironmentName = Environments.Development }));

    [Fact]
    public async Task A_name_that_only_resolves_to_this_machine_is_not_served()
    {
        await using var server = await RunningServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Host = "attacker.example";

        await ConversationTests.AssertProblemAsync(await server.Client.SendAsync(request, Stop), HttpStatusCode.Unauthorized, null);
    }

    [Fact]
    public async Task Users_with_keys_see_their_own_sessions_only()
    {
        var alice = RandomNumberGenerator.GetHexString(32);
        var bob = RandomNumberGenerator.GetHexString(32);
        await using var server = await RunningServer.StartAsync(
            new Dictionary<string, string?>
            {
                ["MedGemma:Serving:ApiKeys:0:Sha256"] = Hash(alice),
                ["MedGemma:Serving:ApiKeys:0:User"] = "alice",
                ["MedGemma:Serving:ApiKeys:0:Patients:0"] = "*",
                ["MedGemma:Serving:ApiKeys:1:Sha256"] = Hash(bob),
                ["MedGemma:Serving:ApiKeys:1:User"] = "bob",
                ["MedGemma:Serving:ApiKeys:1:Patients:0"] = "*",
            },
            environment: Environments.Production);
        using var forAlice = server.MakeClient(alice);
        using var forBob = server.MakeClient(bob);
        using var forNobody = server.MakeClient("guess");
        var patient = (await server.FindPatientAsync(client: forAlice)).Id;
        var session = await server.CreateSessionAsync(patient, forAlice);

        await ConversationTests.AssertProblemAsync(await forBob.GetAsync($"/sessions/{session}", Stop), HttpStatusCode.NotFound, "session-not-found");
        await ConversationTests.AssertProblemAsync(await server.AskAsync(session, "who?", client: forBob), HttpStatusCode.NotFound, "session-not-found");
        await ConversationTests.AssertProblemAsync(await forBob.DeleteAsync($"/sessions/{session}", Stop), HttpStatusCode.NotFound, "session-not-found");
        await ConversationTests.AssertProblemAsync(await forNobody.GetAsync($"/sessions/{session}", Stop), HttpStatusCode.Unauthorized, null);
        await ConversationTests.AssertProblemAsync(await server.Client.GetAsync($"/patients/{patient}/overview", Stop), HttpStatusCode.Unauthorized, null);
        Assert.Equal(HttpStatusCode.OK, (await forAlice.GetAsync($"/sessions/{session}", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/health/ready", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await forAlice.GetAsync("/", Stop)).StatusCode);
    }

    [Fact]
    public async Task A_user_opens_only_the_patients_of_the_key_and_cannot_tell_the_others_from_unknown_ones()
    {
        var key = RandomNumberGenerator.GetHexString(32);
        const string Mine = "781429d8-dddf-4982-b7bc-16cfb0e67eb3";
        const string Other = "3dea35cc-9ae9-49b3-b5bb-0fa92ddbd289";
        await using var server = await RunningServer.StartAsync(
            new Dictionary<string, string?>
            {
                ["MedGemma:Serving:ApiKeys:0:Sha256"] = Hash(key),
                ["MedGemma:Serving:ApiKeys:0:User"] = "alice",
                ["MedGemma:Serving:ApiKeys:0:Patients:0"] = Mine,
            },
            environment: Environments.Production);
        using var client = server.MakeClient(key);

        var found = await client.PostAsJsonAsync("/patients/search", new { text = "", limit = 1 }, Stop);
        var patients = JsonDocument.Parse(await found.Content.ReadAsStringAsync(Stop)).RootElement.GetProperty("patients");
        Assert.Equal([Mine], patients.EnumerateArray().Select(patient => patient.GetProperty("id").GetString()));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/patients/{Mine}/overview", Stop)).StatusCode);
        var refused = new List<string>();
        foreach (var patient in new[] { Other, "nobody" })
        {
            var overview = await client.GetAsync($"/patients/{patient}/overview", Stop);
            var session = await client.PostAsJsonAsync("/sessions", new { patient }, Stop);
            await ConversationTests.AssertProblemAsync(overview, HttpStatusCode.NotFound, "patient-unknown");
            await ConversationTests.AssertProblemAsync(session, HttpStatusCode.NotFound, "patient-unknown");
            refused.Add(await session.Content.ReadAsStringAsync(Stop));
        }

        Assert.Equal(WithoutTrace(refused[0]), WithoutTrace(refused[1]));
        Assert.NotNull(await server.CreateSessionAsync(Mine, client));
    }

    [Theory]
    [InlineData("Sha256", "short", "Sha256 must be the 64 hexadecimal digits")]
    [InlineData("Patients:0", null, "Patients must name the patients")]
    public async Task A_key_that_is_not_configured_whole_stops_the_start(string name, string? value, string expected)
    {
        var settings = new Dictionary<string, string?>
        {
            ["MedGemma:Serving:ApiKeys:0:Sha256"] = Hash("key"),
            ["MedGemma:Serving:ApiKeys:0:User"] = "alice",
            ["MedGemma:Serving:ApiKeys:0:Patients:0"] = "*",
        };
        settings["MedGemma:Serving:ApiKeys:0:" + name] = value;
        if (value is null)
            settings.Remove("MedGemma:Serving:ApiKeys:0:" + name);

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => RunningServer.StartAsync(settings, environment: Environments.Production));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    private static string WithoutTrace(string problem)
    {
        var json = JsonNode.Parse(problem)!.AsObject();
        json.Remove("traceId");
        return json.ToJsonString();
    }

    private static string Hash(string key) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
