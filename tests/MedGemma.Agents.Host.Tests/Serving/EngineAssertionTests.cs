using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using MedGemma.Agents.Host.Tests.Inference;
using MedGemma.Agents.TinyModels;

namespace MedGemma.Agents.Host.Tests.Serving;

/// <summary><c>medgemma serve</c> whose model's engine runs into an assertion of llama.cpp, again and again, while a session asks.</summary>
public sealed class EngineAssertionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("medgemma-data-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task An_assertion_in_the_middle_of_a_turn_ends_the_process_and_neither_the_session_nor_the_server()
    {
        var deaths = Environment.GetEnvironmentVariable("MEDGEMMA_SOAK") is null ? 2 : 20;
        var model = TinyGemma.Write(Path.Combine(_folder.FullName, "tiny.gguf"), new() { Shape = GemmaShape.Tiny with { ContextLength = 65_536 } });
        using var server = await ServeProcess.StartAsync(Path.Combine(_folder.FullName, "data"), new Dictionary<string, string>
        {
            ["MEDGEMMA_MedGemma__Planner__Mode"] = "model",
            ["MEDGEMMA_MedGemma__Models__planner__Path"] = model,
            ["MEDGEMMA_MedGemma__Models__planner__Replicas__0"] = "cpu",
            ["MEDGEMMA_MedGemma__Models__planner__Threads"] = "1",
            ["MEDGEMMA_MedGemma__Models__planner__Slots"] = "2",
            ["MEDGEMMA_MedGemma__Models__planner__Pool__CheckInterval"] = "00:00:00.200",
            ["MEDGEMMA_MedGemma__Models__planner__Supervision__FirstPause"] = "00:00:00.010",
            ["MEDGEMMA_MedGemma__Models__planner__Supervision__LongestPause"] = "00:00:00.100",
            ["MEDGEMMA_MedGemma__Models__planner__Supervision__MostCrashes"] = "1000",
            [LocalModels.AssertingVariable] = LocalModels.AssertingHook,
        });
        var session = await OpenAsync(server.Client);
        for (var death = 0; death < deaths; death++)
        {
            var process = await server.ModelProcessAsync(Stop);
            var turn = AskAsync(server.Client, session);
            Signal(process);
            await turn.WaitAsync(TimeSpan.FromMinutes(2), TimeProvider.System, Stop);
            for (var tries = 0; Directory.Exists($"/proc/{process}"); tries++)
            {
                // A turn may have ended between two steps; the next one runs into the assertion.
                Assert.True(tries < 20, "the engine does not assert");
                await AskAsync(server.Client, session);
            }
        }

        await server.ModelProcessAsync(Stop);
        var last = await AskAsync(server.Client, session);
        var shown = await server.Client.GetFromJsonAsync<JsonElement>($"/sessions/{session}", Stop);
        var turns = shown.GetProperty("turns").EnumerateArray().ToList();
        Assert.Equal(last, turns.Count);
        Assert.All(turns, turn => Assert.Equal(JsonValueKind.Object, turn.GetProperty("answer").ValueKind));
        TestContext.Current.TestOutputHelper?.WriteLine($"{deaths} assertions, {turns.Count} turns, all with an answer");
    }

    private static async Task<string> OpenAsync(HttpClient client)
    {
        var found = await (await client.PostAsJsonAsync("/patients/search", new { }, Stop)).Content.ReadFromJsonAsync<JsonElement>(Stop);
        var patient = found.GetProperty("patients")[0].GetProperty("id").GetString();
        var created = await (await client.PostAsJsonAsync("/sessions", new { patient }, Stop)).Content.ReadFromJsonAsync<JsonElement>(Stop);
        return created.GetProperty("id").GetString()!;
    }

    /// <summary>The number of the turn, which ends with an answer of some status whatever happens to the model.</summary>
    private static async Task<int> AskAsync(HttpClient client, string session)
    {
        using var response = await client.PostAsJsonAsync($"/sessions/{session}/questions", new { question = "What was the latest creatinine?" }, Stop);
        response.EnsureSuccessStatusCode();
        await foreach (var happened in RunningServer.ReadEventsAsync(response))
        {
            if (happened.Name != "answered")
                continue;

            using var json = JsonDocument.Parse(happened.Data);
            return json.RootElement.GetProperty("turn").GetInt32();
        }

        throw new InvalidOperationException("The turn has no end.");
    }

    private static void Signal(int process)
    {
        using var kill = Process.Start("kill", ["-USR1", process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
