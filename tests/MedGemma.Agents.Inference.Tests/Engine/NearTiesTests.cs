using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Engine.Sampling;
using MedGemma.Agents.Inference.Grammars;

namespace MedGemma.Agents.Inference.Tests.Engine;

public sealed class NearTiesTests
{
    private const float Margin = 0.05f;

    // 40 so that whole vectors and a rest are looked at; 3, 17 and 39 are as good as equal.
    private static readonly float[] s_logits =
        [.. Enumerable.Range(0, 40).Select(token => token switch { 3 => 5f, 17 => 5.01f, 39 => 4.98f, 20 => 4.9f, _ => token / 10f })];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void A_first_run_takes_the_larger_and_says_by_how_much()
    {
        var ties = new NearTies([], Margin);

        Assert.Equal(17, ties.Settle(17, 4, s_logits, _ => true));

        var tie = Assert.Single(ties.Found);
        Assert.Equal((4, 17), (tie.At, tie.Token));
        Assert.Equal(0.01, tie.Lead, 4);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(39)]
    public void A_repeated_run_takes_the_one_of_then_and_says_what_it_went_against(int taken)
    {
        var ties = new NearTies([new NearTie(2, 20, 0.1f), new NearTie(4, taken, 0.01f)], Margin);

        Assert.Equal(17, ties.Settle(17, 3, s_logits, _ => true));
        Assert.Equal(taken, ties.Settle(17, 4, s_logits, _ => true));

        Assert.Equal(s_logits[taken] - 5.01, ties.Found[1].Lead, 4);
    }

    [Fact]
    public void What_is_clearly_smaller_is_not_taken_whatever_was_taken_then()
    {
        var ties = new NearTies([new NearTie(4, 20, 0.01f)], Margin);

        Assert.Equal(17, ties.Settle(17, 4, s_logits, _ => true));
        Assert.True(ties.Found[0].Lead > 0);
    }

    [Fact]
    public void What_may_not_come_next_ties_with_nothing()
    {
        var ties = new NearTies([new NearTie(0, 3, 0.01f), new NearTie(1, 17, 0.01f)], Margin);

        Assert.Equal(17, ties.Settle(17, 0, s_logits, token => token == 17));
        Assert.Equal(3, ties.Settle(3, 1, s_logits, token => token == 3));
        Assert.Empty(ties.Found);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_output_that_went_the_other_way_at_a_tie_is_repeated_token_by_token(bool withGrammar)
    {
        var options = TinyEngine.Options();
        options.TieMargin = 1;
        await using var generator = await TinyEngine.LoadAsync(options);
        var request = TinyEngine.Ask("anything", 24) with { NearTies = [], Grammar = withGrammar ? new Grammar("root ::= [a-z ]+\n") : null, Prefix = new PrefixHint("record") };
        var (first, ties) = await RunAsync(generator, request);
        Assert.NotEmpty(ties);
        Assert.All(ties, tie => Assert.InRange(tie.Lead, 0, 1));

        // A run of another place's rounding: the runner-up at the first tie. Its own ties repeat it, whatever the cache holds by now.
        var other = await RunnerUpAsync(generator, request, first, ties[0]);
        var (turned, turnedTies) = await RunAsync(generator, request with { NearTies = [.. ties.Take(1).Select(tie => tie with { Token = other })] });
        Assert.Equal(first.Take(ties[0].At).Append(other), turned.Take(ties[0].At + 1));
        Assert.True(turnedTies[0].Lead < 0);

        var (again, againTies) = await RunAsync(generator, request with { NearTies = turnedTies });
        Assert.Equal(turned, again);
        Assert.Equal(turnedTies.Select(tie => (tie.At, tie.Token)), againTies.Select(tie => (tie.At, tie.Token)));
    }

    [Fact]
    public async Task A_sampled_output_has_no_ties_and_one_that_does_not_ask_says_none()
    {
        var options = TinyEngine.Options();
        options.TieMargin = 1;
        await using var generator = await TinyEngine.LoadAsync(options);

        Assert.Empty((await RunAsync(generator, TinyEngine.Ask("anything", 24) with { NearTies = [], Sampling = new() { Temperature = 1, Seed = 1 } })).Ties);
        Assert.Empty((await RunAsync(generator, TinyEngine.Ask("anything", 24))).Ties);
    }

    // The second most likely of what may come: found by naming one token after the other.
    private static async Task<int> RunnerUpAsync(ITextGenerator generator, GenerationRequest request, IReadOnlyList<int> first, NearTie tie)
    {
        for (var token = 0; ; token++)
        {
            var (ids, ties) = await RunAsync(generator, request with { NearTies = [tie with { Token = token }], MaxTokens = tie.At + 1 });
            if (token != tie.Token && ties.Any(found => found.At == tie.At && found.Token == token) && ids.Count == tie.At + 1)
                return token;

            Assert.Equal(first.Take(tie.At), ids.Take(tie.At));
        }
    }

    private static async Task<(IReadOnlyList<int> Ids, IReadOnlyList<NearTie> Ties)> RunAsync(ITextGenerator generator, GenerationRequest request)
    {
        var (ids, ties) = (new List<int>(), (IReadOnlyList<NearTie>)[]);
        await foreach (var step in generator.GenerateAsync(request, Cancel))
        {
            if (step is GenerationEvent.Token token)
                ids.Add(token.Id);
            if (step is GenerationEvent.Finished finished)
                ties = finished.NearTies;
        }

        return (ids, ties);
    }
}
