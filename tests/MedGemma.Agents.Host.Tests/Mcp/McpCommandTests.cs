using MedGemma.Agents.Host.Tests.Serving;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace MedGemma.Agents.Host.Tests.Mcp;

/// <summary>The program as an MCP client starts it: a process of its own, spoken to over stdin and stdout.</summary>
public sealed class McpCommandTests
{
    [Fact]
    public async Task A_client_that_starts_the_program_reads_the_named_patients_record()
    {
        await using var client = await McpClient.CreateAsync(
            new StdioClientTransport(new StdioClientTransportOptions
            {
                Command = "dotnet",
                Arguments = [Path.Combine(AppContext.BaseDirectory, "medgemma.dll"), "mcp", "--patient", "781429d8-dddf-4982-b7bc-16cfb0e67eb3", "--data", RunningServer.FixtureFolder],
            }),
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(6, (await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken)).Count);
        var overview = await client.CallToolAsync("record_overview", cancellationToken: TestContext.Current.CancellationToken);
        Assert.StartsWith("Patient: ", Assert.IsType<TextContentBlock>(Assert.Single(overview.Content)).Text, StringComparison.Ordinal);
    }
}
