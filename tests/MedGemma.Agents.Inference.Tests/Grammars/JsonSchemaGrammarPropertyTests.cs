using System.Text.Json;
using System.Text.Json.Nodes;
using MedGemma.Agents.Inference.Grammars;

namespace MedGemma.Agents.Inference.Tests.Grammars;

public sealed class JsonSchemaGrammarPropertyTests
{
    private static readonly int Schemas = Environment.GetEnvironmentVariable("MEDGEMMA_SOAK") is null ? 500 : 10_000;

    [Fact]
    public void Every_valid_instance_is_accepted()
    {
        for (var seed = 0; seed < Schemas; seed++)
        {
            var random = new Random(seed);
            var schema = new RandomSchemas(random).Next();
            var machine = new GbnfMachine(Compiled(schema, seed));
            var instances = new RandomInstances(random, schema);
            for (var i = 0; i < 5; i++)
            {
                var text = InstanceText.Write(instances.Next(), random);
                Assert.True(machine.Accepts(text), $"seed {seed}: {schema.ToJsonString()} refuses {text}");
            }
        }
    }

    [Fact]
    public void Every_text_that_a_grammar_accepts_is_an_instance()
    {
        for (var seed = 0; seed < Schemas; seed++)
        {
            var random = new Random(seed);
            var schema = new RandomSchemas(random).Next();
            var machine = new GbnfMachine(Compiled(schema, seed));
            var sampler = new GbnfSampler(machine);
            var judge = SchemaJudge.For(schema);
            for (var i = 0; i < 4; i++)
            {
                var text = sampler.Sample(random, 200);
                Assert.True(judge.Accepts(text), $"seed {seed}: {schema.ToJsonString()} allows {text}: {judge.Complaints(text)}");
                Assert.True(machine.Accepts(text), $"seed {seed}: sampled {text}");
            }
        }
    }

    [Fact]
    public void No_invalid_instance_is_accepted()
    {
        var invalid = 0;
        for (var seed = 0; seed < Schemas; seed++)
        {
            var random = new Random(seed);
            var schema = new RandomSchemas(random).Next();
            var machine = new GbnfMachine(Compiled(schema, seed));
            var judge = SchemaJudge.For(schema);
            var instances = new RandomInstances(random, schema);
            for (var i = 0; i < 6; i++)
            {
                var text = i % 2 == 0
                    ? InstanceText.Write(InstanceMutation.Of(instances.Next(), random), random)
                    : InstanceMutation.OfText(InstanceText.Write(instances.Next(), random), random);
                if (IsJson(text) && judge.Accepts(text))
                    continue;

                invalid++;
                Assert.False(machine.Accepts(text), $"seed {seed}: {schema.ToJsonString()} allows {text}");
            }
        }

        Assert.True(invalid > Schemas * 2, $"only {invalid} mutations were invalid");
    }

    [Fact]
    public void The_same_schema_gives_the_same_grammar()
    {
        for (var seed = 0; seed < 100; seed++)
            Assert.Equal(Compiled(new RandomSchemas(new Random(seed)).Next(), seed), Compiled(new RandomSchemas(new Random(seed)).Next(), seed));
    }

    private static string Compiled(JsonObject schema, int seed)
    {
        var result = JsonSchemaGrammar.Compile(JsonSerializer.SerializeToElement(schema));
        return result is GrammarResult.Compiled(var grammar) ? grammar.Gbnf : throw new InvalidOperationException($"seed {seed}: {schema.ToJsonString()}: {result}");
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
