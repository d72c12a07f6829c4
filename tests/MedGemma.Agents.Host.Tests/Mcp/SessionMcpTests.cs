using System.Text.Json;
using MedGemma.Agents.Host.Composition;
using MedGemma.Agents.Host.Mcp;
using MedGemma.Agents.Host.Serving.Security;
using MedGemma.Agents.Host.Tests.Serving;
using MedGemma.Agents.Planning.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace MedGemma.Agents.Host.Tests.Mcp;

/// <summary>The client of the official SDK, over a socket.</summary>
public sealed class SessionMcpTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_lists_and_calls_every_tool_but_the_one_that_reads_notes()
    {
        await using var server = await RunningServer.StartAsync();
        var session = await server.CreateSessionAsync((await server.FindPatientAsync()).Id);
        await using var client = await ConnectAsync(server, session);

        var tools = await client.ListToolsAsync(cancellationToken: Stop);

        await using var services = CommandServices.Build();
        Assert.Equal(
            services.GetRequiredService<IReadOnlyList<IRecordTool>>().Select(tool => tool.Name).Where(name => name != "read_note").Order(StringComparer.Ordinal),
            tools.Select(tool => tool.Name).Order(StringComparer.Ordinal));
        Assert.Equal(6, tools.Count);
        await Assert.ThrowsAnyAsync<McpException>(() => client.CallToolAsync("read_note", Arguments("""{"topic":"fall"}"""), cancellationToken: Stop).AsTask());
        Assert.All(tools, tool => Assert.True(tool.ProtocolTool.Annotations?.ReadOnlyHint));
        Assert.Contains("laboratory-result", await CallAsync(client, "record_overview", "{}"), StringComparison.Ordinal);
        Assert.Contains("found", await CallAsync(client, "query_record", """{"selection":{"kinds":["laboratory-result"],"concepts":["creatinine"]},"aggregate":{"kind":"latest"}}"""), StringComparison.Ordinal);
        Assert.Contains(
            "in 2025",
            await CallAsync(client, "compare_periods", """{"query":{"selection":{"kinds":["laboratory-result"]},"aggregate":{"kind":"count"}},"first":{"year":2024},"second":{"year":2025}}"""),
            StringComparison.Ordinal);
        Assert.Contains("medication", await CallAsync(client, "current_medications", "{}"), StringComparison.Ordinal);
        Assert.Matches("^r[0-9]+:", await CallAsync(client, "calculate", """{"formula":"age"}"""));
        Assert.Contains("vocabulary", await CallAsync(client, "explain_code", """{"code":"HbA1c"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_comes_with_its_evidence_and_a_handle_that_a_later_call_can_use()
    {
        await using var server = await RunningServer.StartAsync();
        var session = await server.CreateSessionAsync((await server.FindPatientAsync()).Id);
        await using var client = await ConnectAsync(server, session);

        var found = await client.CallToolAsync("query_record", Arguments("""{"selection":{"kinds":["encounter"]},"aggregate":{"kind":"latest"}}"""), cancellationToken: Stop);
        var result = found.StructuredContent!.Value.GetProperty("results")[0];
        var handle = result.GetProperty("handle").GetString();
        var during = await CallAsync(client, "query_record", $$$"""{"selection":{"kinds":["observation"],"window":{"relation":"during","of":"{{{handle}}}.1"}},"aggregate":{"kind":"count"}}""");

        Assert.Equal("found", result.GetProperty("outcome").GetString());
        Assert.StartsWith("Encounter", result.GetProperty("values")[0].GetProperty("evidence")[0].GetProperty("resource").GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.Contains("during the encounter of", during, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handle_that_is_not_kept_any_more_is_unknown_and_means_nothing_else()
    {
        await using var server = await RunningServer.StartAsync();
        var session = await server.CreateSessionAsync((await server.FindPatientAsync()).Id);
        await using var client = await ConnectAsync(server, session);
        var stays = await client.CallToolAsync("query_record", Arguments("""{"selection":{"kinds":["encounter"]},"aggregate":{"kind":"earliest"}}"""), cancellationToken: Stop);
        var handle = stays.StructuredContent!.Value.GetProperty("results")[0].GetProperty("handle").GetString();
        for (var i = 0; i < FoundResults.MostKept; i++)
            await CallAsync(client, "query_record", """{"selection":{"kinds":["encounter"]},"aggregate":{"kind":"latest"}}""");

        var late = await client.CallToolAsync(
            "query_record", Arguments($$$"""{"selection":{"kinds":["observation"],"encounter":"{{{handle}}}.1"},"aggregate":{"kind":"count"}}"""), cancellationToken: Stop);

        Assert.True(late.IsError);
        Assert.Equal("unknown-handle", late.StructuredContent!.Value.GetProperty("failure").GetString());
    }

    [Fact]
    public async Task A_merged_record_answers_every_tool_with_the_record_that_took_its_place()
    {
        await using var server = await RunningServer.StartAsync(files: Path.Combine(RunningServer.FixtureFolder, "..", "security", "merged-patients.ndjson"));
        await using var client = await ConnectAsync(server, await server.CreateSessionAsync("sec-old"));

        foreach (var (tool, arguments) in new[] { ("record_overview", "{}"), ("query_record", """{"selection":{"kinds":["allergy"]},"aggregate":{"kind":"list"}}""") })
        {
            var result = await client.CallToolAsync(tool, Arguments(arguments), cancellationToken: Stop);
            Assert.True(result.IsError);
            Assert.Equal("merged-record", result.StructuredContent!.Value.GetProperty("failure").GetString());
            Assert.Contains("Patient/sec-new", Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_wrong_call_is_a_result_that_a_model_can_act_on()
    {
        await using var server = await RunningServer.StartAsync();
        var session = await server.CreateSessionAsync((await server.FindPatientAsync()).Id);
        await using var client = await ConnectAsync(server, session);

        var result = await client.CallToolAsync("query_record", Arguments("""{"selection":{"kinds":["laboratory-result"],"concepts":["zorgonium"]},"aggregate":{"kind":"latest"}}"""), cancellationToken: Stop);

        Assert.True(result.IsError);
        Assert.Equal("unknown-concept", result.StructuredContent!.Value.GetProperty("failure").GetString());
    }

    [Fact]
    public async Task Another_patient_cannot_be_reached()
    {
        await using var server = await RunningServer.StartAsync();
        var (own, other) = ((await server.FindPatientAsync(0)).Id, (await server.FindPatientAsync(1)).Id);
        var session = await server.CreateSessionAsync(own);
        await using var client = await ConnectAsync(server, session);

        // Neither by an argument that no tool has, nor by an id where a name belongs, nor by a reference where a handle does.
        foreach (var arguments in new[]
        {
            $$$"""{"patient":"{{{other}}}","selection":{"kinds":["laboratory-result"]},"aggregate":{"kind":"count"}}""",
            $$$"""{"selection":{"kinds":["laboratory-result"],"patient":"Patient/{{{other}}}"},"aggregate":{"kind":"count"}}""",
            $$$"""{"selection":{"kinds":["laboratory-result"],"codes":["{{{other}}}"]},"aggregate":{"kind":"count"}}""",
            $$$"""{"selection":{"kinds":["laboratory-result"],"encounter":"Patient/{{{other}}}"},"aggregate":{"kind":"count"}}""",
        })
        {
            Assert.True((await client.CallToolAsync("query_record", Arguments(arguments), cancellationToken: Stop)).IsError);
        }

        var id = await CallAsync(client, "query_record", """{"selection":{"kinds":["patient"]},"aggregate":{"kind":"list"},"element":"identifier"}""");
        Assert.DoesNotContain(other, id + await CallAsync(client, "record_overview", "{}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_users_session_is_not_found_and_the_try_is_audited()
    {
        var (alice, mallory) = (ApiKey.Create(), ApiKey.Create());
        var keys = new Dictionary<string, string?>();
        foreach (var (index, (user, key)) in new[] { ("alice", alice), ("mallory", mallory) }.Index())
        {
            keys[$"MedGemma:Serving:ApiKeys:{index}:Sha256"] = Convert.ToHexStringLower(ApiKey.Hash(key));
            keys[$"MedGemma:Serving:ApiKeys:{index}:User"] = user;
            keys[$"MedGemma:Serving:ApiKeys:{index}:Patients:0"] = "*";
        }

        await using var server = await RunningServer.StartAsync(keys, environment: Environments.Production);
        using var owner = server.MakeClient(alice);
        var session = await server.CreateSessionAsync((await server.FindPatientAsync(client: owner)).Id, owner);

        await Assert.ThrowsAnyAsync<Exception>(() => ConnectAsync(server, session, mallory));
        await Assert.ThrowsAnyAsync<Exception>(() => ConnectAsync(server, session));
        await using var client = await ConnectAsync(server, session, alice);
        Assert.NotEmpty(await client.ListToolsAsync(cancellationToken: Stop));

        Assert.Contains(server.ReadAudit(), row => row is { User: "mallory", Action: "session.tools", Outcome: "denied" });
        Assert.Contains(server.ReadAudit(), row => row is { User: "alice", Action: "session.tools", Outcome: "done" });
    }

    private static async Task<McpClient> ConnectAsync(RunningServer server, string session, string? key = null)
    {
        var options = new HttpClientTransportOptions { Endpoint = new Uri(server.Address, $"/sessions/{session}/mcp"), TransportMode = HttpTransportMode.StreamableHttp };
        if (key is not null)
            options.AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {key}" };
        return await McpClient.CreateAsync(new HttpClientTransport(options), cancellationToken: Stop);
    }

    private static async Task<string> CallAsync(McpClient client, string tool, string arguments)
    {
        var result = await client.CallToolAsync(tool, Arguments(arguments), cancellationToken: Stop);
        var text = string.Concat(result.Content.OfType<TextContentBlock>().Select(block => block.Text));
        Assert.False(result.IsError == true, $"{tool}: {text}");
        return text;
    }

    private static Dictionary<string, object?> Arguments(string json) => JsonSerializer.Deserialize<Dictionary<string, object?>>(json)!;
}
