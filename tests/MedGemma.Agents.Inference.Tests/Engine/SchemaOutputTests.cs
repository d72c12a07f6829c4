using System.Text.Json;
using MedGemma.Agents.Inference.Chat;
using MedGemma.Agents.Inference.Tests.Grammars;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Inference.Tests.Engine;

/// <summary>Random schemas through the native grammar and the real sampler. <c>MEDGEMMA_SOAK</c> makes 10,000 of the usual 80.</summary>
public sealed class SchemaOutputTests
{
    private static readonly int Schemas = Environment.GetEnvironmentVariable("MEDGEMMA_SOAK") is null ? 80 : 10_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_answer_that_is_completed_is_an_instance_of_its_schema()
    {
        var options = TinyEngine.Options();
        options.Sequences = 8;
        await using var engine = await TinyEngine.LoadAsync(options);
        using var client = new GemmaChatClient(engine);
        var completed = 0;
        foreach (var seeds in Enumerable.Range(0, Schemas).Chunk(8))
            completed += (await Task.WhenAll(seeds.Select(AnswerAsync))).Count(valid => valid);

        TestContext.Current.TestOutputHelper?.WriteLine($"{completed} of {Schemas} answers were completed; all of them are valid");
        Assert.True(completed > Schemas / 3, $"only {completed} of {Schemas} answers were completed");

        async Task<bool> AnswerAsync(int seed)
        {
            var schema = new RandomSchemas(new Random(seed)).Next();
            var answer = await client.GetResponseAsync(
                [new(ChatRole.User, $"Answer {seed}.")],
                new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonSerializer.SerializeToElement(schema)), Temperature = 1, Seed = seed, MaxOutputTokens = 300 },
                Stop);

            if (answer.FinishReason != ChatFinishReason.Stop)
                return false;

            var judge = SchemaJudge.For(schema);
            Assert.True(judge.Accepts(answer.Text), $"seed {seed}: {schema.ToJsonString()} gave {answer.Text}: {judge.Complaints(answer.Text)}");
            return true;
        }
    }
}
