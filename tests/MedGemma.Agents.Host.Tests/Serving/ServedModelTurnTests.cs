using System.Net;
using System.Text.Json;
using MedGemma.Agents.Host.Tests.Inference;
using MedGemma.Agents.Records.Sources;
using static MedGemma.Agents.Host.Tests.Inference.ScriptedAgents;

namespace MedGemma.Agents.Host.Tests.Serving;

/// <summary>Whole turns of the model planner through the server: HTTP, sessions, storage and streams are real, and the model answers over the OpenAI protocol on a socket.</summary>
public sealed class ServedModelTurnTests : IDisposable
{
    private const string Patient = "781429d8-dddf-4982-b7bc-16cfb0e67eb3";
    private const string Contradicting = "sec-contra";
    private const string Done = """{"next":"answer"}""";
    private const string LatestSodium = """{"next":"ask","calls":[{"tool":"query_record","arguments":{"selection":{"kinds":["laboratory-result"],"concepts":["sodium"]},"aggregate":{"kind":"latest"}}}]}""";
    private const string GenderAndBirth = """
        {"next":"ask","calls":[{"tool":"query_record","arguments":{"selection":{"kinds":["patient"]},"aggregate":{"kind":"latest"},"element":"gender"}},
        {"tool":"query_record","arguments":{"selection":{"kinds":["patient"]},"aggregate":{"kind":"latest"},"element":"birth-date"}}]}
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("medgemma-turns-");

    private string Socket => "unix:" + Path.Combine(_folder.FullName, "planner.sock");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_formula_is_calculated_by_the_program_and_proved_by_its_inputs()
    {
        const string Plan = """{"next":"ask","calls":[{"tool":"calculate","arguments":{"formula":"egfr-ckd-epi-2021","window":{"from":"2025-07-01","through":"2025-07-31"}}}]}""";
        var turn = await AskAsync(Saying([Plan, Done], [Claims(("eGFR (CKD-EPI 2021) is 38 mL/min/{1.73_m2}.", "r1"))]), "What was the eGFR in July 2025?", TestContext.Current.CancellationToken);

        var claim = Assert.Single(turn.Answer.GetProperty("claims").EnumerateArray());
        var derivation = claim.GetProperty("derivation");
        Assert.Equal("answered", turn.Status);
        Assert.Equal(38, Assert.Single(turn.Answer.GetProperty("values").EnumerateArray()).GetDecimal());
        Assert.Equal("calculate", derivation.GetProperty("operation").GetString());
        Assert.Contains(derivation.GetProperty("inputs").EnumerateArray(), input => input.GetProperty("value").ToString() == "1.90");
    }

    [Fact]
    public async Task What_notes_say_is_quoted_and_marked_and_reaches_no_other_agent()
    {
        const string Plan = """{"next":"ask","calls":[{"tool":"query_record","arguments":{"selection":{"kinds":["patient"]},"aggregate":{"kind":"latest"},"element":"gender"}},{"tool":"read_note","arguments":{"topic":"urosepsis norepinephrine"}}]}""";
        const string Findings = """{"findings":[{"passage":1,"kind":"condition","assertion":"present","quote":"Urosepsis"},{"passage":1,"kind":"condition","assertion":"present","quote":"Candida in the blood"}]}""";
        var model = Saying([Plan], [Claims(("Gender: male.", "r1.1"))], Findings);
        var turn = await AskAsync(model, "What do the notes say of urosepsis?", TestContext.Current.CancellationToken);

        Assert.Equal(["planned", "queried", "planned", "queried", "claim", "claim", "answered"], turn.Names);
        var quoted = Assert.Single(turn.Answer.GetProperty("claims").EnumerateArray(), claim => claim.GetProperty("noteDerived").GetBoolean());
        Assert.StartsWith("From a note, not checked against the chart: ", quoted.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("Urosepsis", quoted.GetProperty("quote").GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Candida", turn.Answer.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(model.Requests, request => request.Agent != Agent.Extractor && request.Prompt.Contains("rosepsis with", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_contradicts_an_answer_is_attached_with_both_sides()
    {
        var model = Saying([LatestSodium, Done], [Claims(("The latest sodium results, of 2025-03-01, are 139 mmol/L and 129 mmol/L.", "r1"))]);
        var turn = await AskAsync(model, "What was the latest sodium?", TestContext.Current.CancellationToken, CompleteTypes.Everything);

        var contradiction = turn.Answer.GetProperty("contradictions").EnumerateArray().First(one => one.GetProperty("kind").GetString() == "values-disagree");
        Assert.Equal("answered", turn.Status);
        Assert.Equal(
            ["Observation/contra-na-1", "Observation/contra-na-2"],
            [contradiction.GetProperty("oneSide")[0].GetProperty("reference").GetString()!, contradiction.GetProperty("otherSide")[0].GetProperty("reference").GetString()!]);
    }

    [Theory]
    [InlineData("No prescriptions of metformin are recorded.")]
    [InlineData("The patient takes no metformin.")]
    public async Task Of_a_record_that_may_be_incomplete_no_none_is_said(string none)
    {
        const string Plan = """{"next":"ask","calls":[{"tool":"query_record","arguments":{"selection":{"kinds":["medication-request"],"concepts":["metformin"]},"aggregate":{"kind":"list"}}}]}""";
        var turn = await AskAsync(Saying([Plan, Done], [Claims((none, "r1"))]), "Is metformin prescribed?", TestContext.Current.CancellationToken, CompleteTypes.None);

        Assert.Equal("unsure", turn.Status);
        Assert.Empty(turn.Answer.GetProperty("claims").EnumerateArray());
        Assert.DoesNotContain(none, turn.Answer.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("claim", turn.Names);
    }

    [Fact]
    public async Task A_value_of_a_record_that_may_be_incomplete_is_called_supplied_and_is_no_answer()
    {
        var model = Saying([LatestSodium, Done], [Claims(("The latest sodium results, of 2025-03-01, are 139 mmol/L and 129 mmol/L.", "r1")), Claims(("The latest supplied sodium results, of 2025-03-01, are 139 mmol/L and 129 mmol/L.", "r1"))]);
        var turn = await AskAsync(model, "What was the latest sodium?", TestContext.Current.CancellationToken, CompleteTypes.None);

        Assert.Equal("unsure", turn.Status);
        Assert.Empty(turn.Answer.GetProperty("values").EnumerateArray());
        Assert.Equal("supplied", Assert.Single(turn.Answer.GetProperty("claims").EnumerateArray()).GetProperty("scope").GetString());
        Assert.Equal(2, model.Requests.Count(request => request.Agent == Agent.Writer));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_claim_is_seen_before_the_model_writes_the_next_one()
    {
        var stop = TestContext.Current.CancellationToken;
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var turn = await AskAsync(new ScriptedAgents(Writing(seen.Task)), "What are gender and birth date?", stop, onClaim: () => seen.TrySetResult());

        Assert.Equal(["planned", "queried", "planned", "queried", "claim", "claim", "answered"], turn.Names);
        Assert.Equal(2, turn.Answer.GetProperty("claims").GetArrayLength());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_turn_that_is_cancelled_while_claims_are_written_stops_the_model_and_has_no_answer()
    {
        var stop = TestContext.Current.CancellationToken;
        var never = new TaskCompletionSource();
        var model = new ScriptedAgents(Writing(never.Task));
        await using var inference = await RunningInference.StartAsync(model, Socket);
        await using var server = await RunningServer.StartAsync(Settings());
        var session = await server.CreateSessionAsync(Patient);
        using var response = await server.AskAsync(session, "What are gender and birth date?");

        var names = new List<string>();
        await foreach (var happened in RunningServer.ReadEventsAsync(response).WithCancellation(stop))
        {
            names.Add(happened.Name);
            if (happened.Name == "claim")
                Assert.Equal(HttpStatusCode.NoContent, (await server.Client.PostAsync($"/sessions/{session}/turns/1/cancel", null, stop)).StatusCode);
        }

        await model.Cancelled.Task.WaitAsync(stop);
        Assert.Equal(["planned", "queried", "planned", "queried", "claim", "failed"], names.Where(name => name != "comment"));
        var shown = Assert.Single(JsonElement.Parse(await server.Client.GetStringAsync($"/sessions/{session}", stop)).GetProperty("turns").EnumerateArray());
        Assert.Equal("cancelled", shown.GetProperty("status").GetString());
        Assert.DoesNotContain("Gender", shown.GetRawText(), StringComparison.Ordinal);
    }

    /// <summary>Asks for two things and writes of the second only once something has happened.</summary>
    private static Func<Agent, int, IAsyncEnumerable<string>> Writing(Task second) => (agent, number) => agent == Agent.Planner ? Pieces(number == 1 ? GenderAndBirth : Done) : WriteAsync(second);

    private static async IAsyncEnumerable<string> WriteAsync(Task second, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        yield return """{"claims":[{"text":"Gender: male.","evidence":["r1.1"]}""";
        await second.WaitAsync(cancellationToken);
        yield return """,{"text":"Birth date: 1958-03-02.","evidence":["r2.1"]}]}""";
    }

    private static string Claims(params (string Text, string Evidence)[] claims) =>
        JsonSerializer.Serialize(new { claims = claims.Select(claim => new { text = claim.Text, evidence = new[] { claim.Evidence } }) });

    /// <summary>Asks of the first synthetic patient, or of the contradicting one with the types that are complete.</summary>
    private async Task<Turn> AskAsync(ScriptedAgents model, string question, CancellationToken stop, CompleteTypes? contradicting = null, Action? onClaim = null)
    {
        await using var inference = await RunningInference.StartAsync(model, Socket);
        await using var server = await RunningServer.StartAsync(Settings(), files: contradicting is null ? null : RunningServer.ContradictionFile, complete: contradicting);
        var session = await server.CreateSessionAsync(contradicting is null ? Patient : Contradicting);
        using var response = await server.AskAsync(session, question);
        var events = new List<ServerSentEvent>();
        await foreach (var happened in RunningServer.ReadEventsAsync(response).WithCancellation(stop))
        {
            if (happened.Name == "comment")
                continue;

            events.Add(happened);
            if (happened.Name == "claim")
                onClaim?.Invoke();
        }

        return new Turn([.. events.Select(happened => happened.Name)], JsonElement.Parse(events[^1].Data).GetProperty("answer"));
    }

    private Dictionary<string, string?> Settings() => new()
    {
        ["MedGemma:Models:planner:Replicas:0"] = Socket,
        ["MedGemma:Models:planner:Pool:CheckInterval"] = "00:00:00.050",
        ["MedGemma:Planner:Mode"] = "model",
        ["MedGemma:Planner:AgentFolder"] = Path.Combine(_folder.FullName, "none"),
    };

    private sealed record Turn(IReadOnlyList<string> Names, JsonElement Answer)
    {
        public string Status => Answer.GetProperty("status").GetString()!;
    }
}
