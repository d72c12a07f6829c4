using System.Net.Http.Json;
using System.Text.Json;
using MedGemma.Agents.Host.Tests.Inference;
using MedGemma.Agents.Host.Tests.Serving;

namespace MedGemma.Agents.Host.Tests.Publishing;

/// <summary>Everything that the self-contained program needs is found from its own folder; only under <c>MEDGEMMA_SOAK</c>, as it publishes.</summary>
public sealed class PublishedProgramTests : IDisposable
{
    private const string Patient = "781429d8-dddf-4982-b7bc-16cfb0e67eb3";
    private const string Question = "What was the latest HbA1c?";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("medgemma-published-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Every_verb_works_from_the_published_folder_alone()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("MEDGEMMA_SOAK") is not null && OperatingSystem.IsLinux(), "Long: under MEDGEMMA_SOAK, on Linux.");
        var program = await PublishedProgram.PublishAsync(Path.Combine(_folder.FullName, "opt"), _folder.CreateSubdirectory("work").FullName);
        Assert.False(Directory.Exists(Path.Combine(_folder.FullName, "opt", "fhir-fixtures")), "Synthetic patients are published.");

        Assert.Contains("6.6 %", await program.RunAsync("ask", "--patient", Patient, "--as-of", "2026-01-15", "--data", RunningServer.FixtureFolder, Question), StringComparison.Ordinal);
        Assert.Contains("; 0 refused;", await program.RunAsync("import", RunningServer.FixtureFolder, "--complete", "all"), StringComparison.Ordinal);
        Assert.Contains("3 agents read, nothing wrong with them", await program.RunAsync("agents", "check"), StringComparison.Ordinal);
        await program.LoseEngineAsync();
        Assert.StartsWith("ok    engine ", await program.RunAsync("models", "doctor"), StringComparison.Ordinal);
        Assert.Contains(TinyModel.Reply, await program.RunAsync("models", "chat", "--model", TinyModel.Answering, "What was the latest HbA1c?"), StringComparison.Ordinal);
        await AskServerAsync(program);
        await AskOverMcpAsync(program);
        Assert.Contains("the chain holds", await program.RunAsync("audit", "verify"), StringComparison.Ordinal);
        await program.RunAsync("backup", "copy");
        Assert.Contains("records.db and sessions.db", await program.RunAsync("restore", "copy", "--replace"), StringComparison.Ordinal);
        Assert.Contains("1 session with 1 turn", await program.RunAsync("erase", "--patient", Patient), StringComparison.Ordinal);
        Assert.Contains("the chain holds", await program.RunAsync("audit", "verify"), StringComparison.Ordinal);
        await program.RunAsync("fixtures", "generate", "--patients", "2", "--seed", "7", "--out", "generated", "--expected", "expected");
        var measured = await program.RunAsync(
            "eval", "qa", "--data", "generated", "--questions", "expected/questions.jsonl", "--out", "predictions.jsonl", "--audit");
        Assert.Contains(" checked, 0 mismatched", measured, StringComparison.Ordinal);
    }

    private static async Task AskServerAsync(PublishedProgram program)
    {
        var environment = new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["MEDGEMMA_MedGemma__Store__DataFolder"] = "data" };
        using var server = program.Start(environment, "serve", "--url", "http://127.0.0.1:0");
        var said = await server.StandardOutput.ReadLineAsync(Stop);
        Assert.StartsWith("medgemma serves http://127.0.0.1:", said, StringComparison.Ordinal);
        using var client = new HttpClient { BaseAddress = new Uri(said!.Split(' ', ',', ';')[2]) };
        var created = await (await client.PostAsJsonAsync("/sessions", new { patient = Patient }, Stop)).Content.ReadFromJsonAsync<JsonElement>(Stop);
        using var response = await client.PostAsJsonAsync($"/sessions/{created.GetProperty("id").GetString()}/questions", new { question = Question }, Stop);
        var last = new ServerSentEvent("", "");
        await foreach (var happened in RunningServer.ReadEventsAsync(response))
            last = happened;
        Assert.Equal("answered", last.Name);
        server.Kill();
        await server.WaitForExitAsync(Stop);
    }

    private static async Task AskOverMcpAsync(PublishedProgram program)
    {
        using var server = program.Start(new Dictionary<string, string> { ["MEDGEMMA_MedGemma__Store__DataFolder"] = "data" }, "mcp", "--patient", Patient);
        foreach (var message in new[]
        {
            """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""",
            """{"jsonrpc":"2.0","method":"notifications/initialized"}""",
            """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"record_overview","arguments":{}}}""",
        })
            await server.StandardInput.WriteLineAsync(message.AsMemory(), Stop);
        await server.StandardOutput.ReadLineAsync(Stop);
        var overview = JsonElement.Parse((await server.StandardOutput.ReadLineAsync(Stop))!);
        Assert.False(overview.GetProperty("result").TryGetProperty("isError", out var failed) && failed.GetBoolean(), overview.GetRawText());
        server.StandardInput.Close();
        await server.WaitForExitAsync(Stop);
        Assert.Equal(0, server.ExitCode);
    }
}
