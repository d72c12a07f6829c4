using CsCheck;
using MedGemma.Agents.Inference.Engine.Sampling;
using Sampling = MedGemma.Agents.Inference.Chat.Generation.Sampling;

namespace MedGemma.Agents.Inference.Tests.Engine;

public sealed class TokenSamplerTests
{
    private static readonly float[] s_logits = [0, 3, 1, 2, float.NegativeInfinity, -1];

    [Fact]
    public void Greedy_takes_the_most_likely() => Assert.Equal(1, new TokenSampler(Sampling.Greedy, 1).Pick(s_logits));

    [Fact]
    public void Nothing_is_taken_where_everything_is_forbidden() =>
        Assert.Equal(-1, new TokenSampler(new Sampling { Temperature = 1 }, 1).Pick([float.NegativeInfinity, float.NegativeInfinity]));

    [Theory]
    [InlineData(1, 1f, 0f, new[] { 1 })]
    [InlineData(2, 1f, 0f, new[] { 1, 3 })]
    [InlineData(null, 0.6f, 0f, new[] { 1 })]
    [InlineData(null, 0.8f, 0f, new[] { 1, 3 })]
    [InlineData(null, 1f, 0.3f, new[] { 1, 3 })]
    [InlineData(null, 1f, 0f, new[] { 0, 1, 2, 3, 5 })]
    [InlineData(3, 0.8f, 0.5f, new[] { 1 })]
    public void Only_what_the_limits_leave_is_drawn(int? topK, float topP, float minP, int[] possible)
    {
        var sampler = new TokenSampler(new Sampling { Temperature = 1, TopK = topK, TopP = topP, MinP = minP }, 3);

        var drawn = Enumerable.Range(0, 2000).Select(_ => sampler.Pick(s_logits)).Distinct().Order();

        Assert.Equal(possible, drawn);
    }

    [Fact]
    public void Tokens_are_drawn_as_often_as_they_are_likely()
    {
        const int Draws = 20_000;
        var sampler = new TokenSampler(new Sampling { Temperature = 2 }, 7);
        var sum = s_logits.Sum(logit => Math.Exp(logit / 2));

        var counts = Enumerable.Range(0, Draws).Select(_ => sampler.Pick(s_logits)).CountBy(token => token).ToDictionary();

        Assert.All(counts, pair => Assert.Equal(Math.Exp(s_logits[pair.Key] / 2) / sum, pair.Value / (double)Draws, 0.015));
    }

    [Fact]
    public void Penalties_weigh_on_what_was_written()
    {
        var sampler = new TokenSampler(new Sampling { FrequencyPenalty = 0.5f, PresencePenalty = 1 }, 1);
        sampler.Accept(1);
        sampler.Accept(1);
        float[] logits = [.. s_logits];

        sampler.Penalise(logits);

        Assert.Equal(1, logits[1]);
        Assert.Equal(2, logits[3]);
    }

    [Fact]
    public void The_largest_are_found_among_any_numbers() =>
        Gen.Float[-5, 5].Array[1, 100].Select(Gen.Int[1, 20]).Sample((logits, count) =>
            TopTokens.Of(logits, count).SequenceEqual(logits.Index().OrderByDescending(pair => pair.Item).ThenBy(pair => pair.Index).Take(count).Select(pair => pair.Index)));
}
