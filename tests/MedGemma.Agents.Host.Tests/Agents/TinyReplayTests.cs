using System.Globalization;
using MedGemma.Agents.Host.Commands;
using MedGemma.Agents.Host.Composition;
using MedGemma.Agents.Host.Tests.Inference;
using MedGemma.Agents.Host.Tests.Serving;
using MedGemma.Agents.Planning.Tests.Fixtures;

namespace MedGemma.Agents.Host.Tests.Agents;

/// <summary>Turns of a server with a real engine, run again with <c>medgemma replay</c>.</summary>
public sealed class TinyReplayTests : IDisposable
{
    private const int TurnsOfSession = 5;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("medgemma-replay-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Recorded_turns_come_out_again_as_they_were()
    {
        var socket = "unix:" + Path.Combine(_folder.FullName, "planner.sock");
        var agents = Path.Combine(_folder.FullName, "agents");
        TinyPlannerModel.WriteAgents(agents, temperature: 0);
        var settings = new Dictionary<string, string?>
        {
            ["MedGemma:Zone"] = "UTC",
            ["MedGemma:Models:planner:Replicas:0"] = socket,
            ["MedGemma:Models:planner:Pool:CheckInterval"] = "00:00:00.050",
            ["MedGemma:Planner:Mode"] = "model",
            ["MedGemma:Planner:AgentFolder"] = agents,
            ["MedGemma:Planner:Overview:MostCharacters"] = TinyPlannerModel.OverviewCharacters.ToString(CultureInfo.InvariantCulture),
        };
        var file = TinyPlannerModel.Write(Path.Combine(_folder.FullName, "planner.gguf"));
        await using var engine = await TinyPlannerModel.LoadAsync(file);
        await using var inference = await RunningInference.StartAsync(engine, socket);

        // What answers again has kept nothing of the first run and computes fewer tokens together: it rounds differently.
        var (againSocket, apart) = ("unix:" + Path.Combine(_folder.FullName, "again.sock"), new Dictionary<string, string?>(settings));
        apart["MedGemma:Models:planner:Replicas:0"] = againSocket;
        await using var againEngine = await TinyPlannerModel.LoadAsync(file, tokensPerStep: 48);
        await using var againInference = await RunningInference.StartAsync(againEngine, againSocket);
        await using var server = await RunningServer.StartAsync(settings);
        var turns = Environment.GetEnvironmentVariable("MEDGEMMA_SOAK") is null ? TurnsOfSession : 100;
        var asked = FixtureQuestion.All.Where(question => question.Asker == Planning.Answers.AskerRole.Clinician).Where((_, index) => index % 7 == 0)
            .GroupBy(question => question.Patient).SelectMany(patient => patient.Chunk(TurnsOfSession)).Where(questions => questions.Length == TurnsOfSession).Take(turns / TurnsOfSession).ToList();
        Assert.Equal(turns, asked.Count * TurnsOfSession);
        var (calls, answers) = (0, new SortedDictionary<string, int>(StringComparer.Ordinal));
        foreach (var questions in asked)
        {
            var session = await server.CreateSessionAsync(questions[0].Patient);
            foreach (var question in questions)
            {
                // At an instant of its own: what a random model picks between near equals must not hang on the minute of the test.
                using var response = await server.AskAsync(session, question.Text, asOf: question.AsOf);
                Assert.Equal("answered", (await RunningServer.ReadEventsAsync(response).LastAsync(Stop)).Name);
            }

            for (var turn = 1; turn <= questions.Length; turn++)
            {
                using var output = new StringWriter();
                using var error = new StringWriter();
                var exit = await MedGemmaCommandLine.RunAsync(
                    ["replay", session, turn.ToString(CultureInfo.InvariantCulture), "--data-folder", server.DataFolder, "--data", RunningServer.FixtureFolder],
                    more => CommandServices.Build(apart.Concat(more).ToDictionary(StringComparer.Ordinal)),
                    output,
                    error);

                Assert.Equal(("", ExitCode.Done), (error.ToString(), exit));
                var said = output.ToString().Trim();
                Assert.StartsWith("the same answer", said, StringComparison.Ordinal);
                answers[said] = answers.GetValueOrDefault(said) + 1;
                calls++;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{calls} turns replayed: {string.Join(", ", answers.Select(answer => $"{answer.Key} {answer.Value}"))}"));
        Assert.Contains(answers.Keys, said => said.Contains("call", StringComparison.Ordinal));
    }
}
