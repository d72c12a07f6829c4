using System.Text.Json;
using MedGemma.Agents.Host.Tests.Inference;
using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Deployment;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using static MedGemma.Agents.Host.Tests.Inference.ScriptedAgents;

namespace MedGemma.Agents.Host.Tests.Serving;

/// <summary>Notes that are found by what they mean: from the configuration over a server of embeddings to the quote in the answer.</summary>
public sealed class EmbeddedNoteTests : IDisposable
{
    private const string Patient = "781429d8-dddf-4982-b7bc-16cfb0e67eb3";
    private const string Plan = """{"next":"ask","calls":[{"tool":"read_note","arguments":{"topic":"vasoplegia"}}]}""";
    private const string Findings = """{"findings":[{"passage":1,"kind":"condition","assertion":"present","quote":"Urosepsis"}]}""";
    private const string Section = "MedGemma:Planner:Embeddings";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("medgemma-embedded-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Socket => "unix:" + Path.Combine(_folder.FullName, "planner.sock");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_note_that_says_it_in_other_words_is_found_and_quoted()
    {
        await using var embeddings = await EmbeddingServer.StartAsync("vasoplegia|norepinephrine", "fracture");
        var found = await AskAsync(new() { [$"{Section}:Server"] = embeddings.Address, [$"{Section}:Model"] = "clinical-embedder", [$"{Section}:BatchSize"] = "4" });
        var byWords = await AskAsync([]);

        Assert.Equal("answered", found.GetProperty("status").GetString());
        Assert.Contains("Urosepsis", Assert.Single(found.GetProperty("claims").EnumerateArray()).GetProperty("quote").GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.All(embeddings.Batches, count => Assert.InRange(count, 1, 4));
        Assert.Equal("unsure", byWords.GetProperty("status").GetString());
        Assert.Empty(byWords.GetProperty("claims").EnumerateArray());
    }

    [Fact]
    public async Task Without_the_embeddings_the_words_are_looked_for_and_that_is_said()
    {
        await using var embeddings = await EmbeddingServer.StartAsync(_ => Results.StatusCode(503));
        var answer = await AskAsync(new() { [$"{Section}:Server"] = embeddings.Address, [$"{Section}:Model"] = "clinical-embedder" });

        Assert.Equal("unsure", answer.GetProperty("status").GetString());
        Assert.Contains("looked for by their words only", answer.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_is_embedded_once()
    {
        await using var embeddings = await EmbeddingServer.StartAsync("one", "two");
        using var generator = Open(embeddings.Address);

        await generator.GenerateAsync(["one", "two"], cancellationToken: Stop);
        var again = await generator.GenerateAsync(["two", "three", "one"], cancellationToken: Stop);

        Assert.Equal([2, 1], embeddings.Batches);
        Assert.Equal([0f, 1f, 0.1f], again[0].Vector.ToArray());
    }

    [Theory]
    [InlineData("""{"data":[]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":[1,2]},{"index":1,"embedding":[1]}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[]}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":[1e39]},{"index":1,"embedding":[1]}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":2,"embedding":[1]}]}""")]
    [InlineData("no JSON")]
    public async Task What_is_not_one_vector_for_each_text_is_a_failure(string body)
    {
        await using var embeddings = await EmbeddingServer.StartAsync(_ => Results.Text(body, "application/json"));
        using var generator = Open(embeddings.Address);

        await Assert.ThrowsAnyAsync<InferenceException>(() => generator.GenerateAsync(["one", "two"], cancellationToken: Stop));
    }

    [Theory]
    [InlineData("cpu", "is no server")]
    [InlineData("http://10.0.0.7:8080", "unencrypted")]
    [InlineData("https://embedder.example.org/v1", "leave /v1 off")]
    public async Task A_wrong_address_stops_the_start_in_one_line(string address, string why)
    {
        var wrong = await Assert.ThrowsAsync<OptionsValidationException>(() => RunningServer.StartAsync(new() { [$"{Section}:Server"] = address }));

        Assert.Contains(why, Assert.Single(wrong.Failures), StringComparison.Ordinal);
    }

    private static IEmbeddingGenerator<string, Embedding<float>> Open(string address) =>
        EmbeddingServers.Open(Section, address, "clinical-embedder", null, null, 64, 1 << 20);

    private async Task<JsonElement> AskAsync(Dictionary<string, string?> settings)
    {
        await using var inference = await RunningInference.StartAsync(Saying([Plan], [""], Findings), Socket);
        await using var server = await RunningServer.StartAsync(new(settings)
        {
            ["MedGemma:Models:planner:Replicas:0"] = Socket,
            ["MedGemma:Models:planner:Pool:CheckInterval"] = "00:00:00.050",
            ["MedGemma:Planner:Mode"] = "model",
            ["MedGemma:Planner:AgentFolder"] = Path.Combine(_folder.FullName, "none"),
        });
        using var response = await server.AskAsync(await server.CreateSessionAsync(Patient), "Was there vasoplegia?");
        var last = await RunningServer.ReadEventsAsync(response).LastAsync(Stop);
        return JsonElement.Parse(last.Data).GetProperty("answer");
    }
}
