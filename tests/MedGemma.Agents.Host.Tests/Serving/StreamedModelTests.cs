using System.Globalization;
using System.Net;
using System.Text.Json;
using MedGemma.Agents.Host.Tests.Agents;
using MedGemma.Agents.Host.Tests.Inference;

namespace MedGemma.Agents.Host.Tests.Serving;

/// <summary>A turn of the model planner as a client of the server sees it while it runs; the model answers over a socket of its own.</summary>
public sealed class StreamedModelTests : IDisposable
{
    private const string Patient = "781429d8-dddf-4982-b7bc-16cfb0e67eb3";
    private const string Plan = """{"next":"ask","calls":[{"tool":"query_record","arguments":{"selection":{"kinds":["patient"]},"aggregate":{"kind":"latest"},"element":"gender"}}]}""";
    private const string TrueAndFalse = """{"claims":[{"text":"Gender: male.","evidence":["r1.1"]},{"text":"Gender: female.","evidence":["r1.1"]}]}""";
    private const string StillFalse = """{"claims":[{"text":"The gender is female.","evidence":["r1.1"]}]}""";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("medgemma-streamed-");

    private string Socket => "unix:" + Path.Combine(_folder.FullName, "planner.sock");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact(Timeout = 60_000)]
    public async Task Plan_results_and_claims_are_shown_while_the_model_still_works()
    {
        var stop = TestContext.Current.CancellationToken;
        var model = new HeldModel(Plan, """{"next":"answer"}""", TrueAndFalse, StillFalse);
        await using var inference = await RunningInference.StartAsync(model, Socket);
        await using var server = await RunningServer.StartAsync(Settings());
        var session = await server.CreateSessionAsync(Patient);
        model.Release(0);
        using var response = await server.AskAsync(session, "What is the gender?");

        var names = new List<string>();
        await foreach (var happened in RunningServer.ReadEventsAsync(response).WithCancellation(stop))
        {
            if (happened.Name == "comment")
                continue;

            names.Add(happened.Name);

            // The model says nothing more before this client has seen what it said: were anything held back, both would wait for ever.
            if (names is ["planned", "queried"])
            {
                model.Release(1);
                model.Release(2);
            }

            if (names is ["planned", "queried", "claim"])
                model.Release(3);
        }

        Assert.Equal(["planned", "queried", "claim", "answered"], names);
    }

    [Fact(Timeout = 120_000)]
    public async Task Cancelling_stops_the_engine_and_the_turn_is_recorded_as_cancelled()
    {
        const string name = "thinker";
        var stop = TestContext.Current.CancellationToken;
        var agents = Path.Combine(_folder.FullName, "agents");
        TinyPlannerModel.WriteAgents(agents, temperature: 0);
        await using var engine = await TinyPlannerModel.LoadAsync(TinyPlannerModel.Write(Path.Combine(_folder.FullName, "thinker.gguf"), thinksForEver: true), name);
        await using var inference = await RunningInference.StartAsync(engine, Socket);
        await using var server = await RunningServer.StartAsync(new(Settings())
        {
            ["MedGemma:Models:planner:Name"] = name,
            ["MedGemma:Models:planner:Thinking"] = "true",
            ["MedGemma:Planner:AgentFolder"] = agents,
            ["MedGemma:Planner:Overview:MostCharacters"] = TinyPlannerModel.OverviewCharacters.ToString(CultureInfo.InvariantCulture),
        });
        var session = await server.CreateSessionAsync(Patient);
        var thinks = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var steps = new EngineSteps(name, at: 30, thinks.SetResult);
        var asking = server.AskAsync(session, "What is the gender?");
        Assert.Same(thinks.Task, await Task.WhenAny(thinks.Task, asking).WaitAsync(stop));

        var cancelled = await server.Client.PostAsync($"/sessions/{session}/turns/1/cancel", null, stop);
        using var response = await asking;
        await steps.Finished.WaitAsync(stop);

        Assert.Equal(HttpStatusCode.NoContent, cancelled.StatusCode);
        var failed = await RunningServer.ReadEventsAsync(response).LastAsync(stop);
        Assert.Equal("failed", failed.Name);
        Assert.Contains("urn:medgemma:problem:cancelled", failed.Data, StringComparison.Ordinal);
        Assert.True(steps.Count < TinyPlannerModel.ForEver, $"The engine went on for {steps.Count} steps.");
        var shown = JsonElement.Parse(await server.Client.GetStringAsync($"/sessions/{session}", stop));
        Assert.Equal("cancelled", Assert.Single(shown.GetProperty("turns").EnumerateArray()).GetProperty("status").GetString());
    }

    private Dictionary<string, string?> Settings() => new()
    {
        ["MedGemma:Models:planner:Replicas:0"] = Socket,
        ["MedGemma:Models:planner:Pool:CheckInterval"] = "00:00:00.050",
        ["MedGemma:Planner:Mode"] = "model",
        ["MedGemma:Planner:AgentFolder"] = Path.Combine(_folder.FullName, "none"),
    };
}
