using System.Net;
using MedGemma.Agents.Host.Commands;
using MedGemma.Agents.Host.Serving;
using MedGemma.Agents.Host.Serving.Security;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;

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

    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://*:5080")]
    [InlineData("http://+:5080")]
    [InlineData("http://[::]:5080")]
    [InlineData("http://192.0.2.1:5080")]
    [InlineData("HTTP://ehr.example:5080")]
    public void Keys_do_not_travel_unencrypted_unless_a_proxy_is_said_to_end_TLS(string url)
    {
        var refused = Assert.Throws<CommandRefusedException>(() => ChooseWithKeys(url, behindTlsProxy: false));

        Assert.Contains("MedGemma:Serving:BehindTlsProxy", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.Equal(ApiKeyHandler.SchemeName, ChooseWithKeys(url, behindTlsProxy: true));
    }

    [Theory]
    [InlineData("https://0.0.0.0:5443")]
    [InlineData("HTTPS://*:5443")]
    [InlineData("http://127.0.0.1:5080")]
    [InlineData("http://[::1]:5080")]
    public void Keys_are_served_on_https_and_on_loopback(string url) => Assert.Equal(ApiKeyHandler.SchemeName, ChooseWithKeys(url, behindTlsProxy: false));

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
        var alice = ApiKey.Create();
        var bob = ApiKey.Create();
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

    private static string ChooseWithKeys(string url, bool behindTlsProxy) => ServingAccess.ChooseScheme(
        new ServingOptions { Url = url, BehindTlsProxy = behindTlsProxy, ApiKeys = { new ApiKeyOptions { User = "u" } } },
        new HostingEnvironment { EnvironmentName = Environments.Production });

    private static string Hash(string key) => Convert.ToHexString(ApiKey.Hash(key));
}
