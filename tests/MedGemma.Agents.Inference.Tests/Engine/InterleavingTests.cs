using CsCheck;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Engine;

namespace MedGemma.Agents.Inference.Tests.Engine;

/// <summary>
/// Whatever runs beside it, joins, leaves or gives way: a greedy output is that of the same request alone, up to the first step whose two largest logits lie closer than
/// <see cref="Margin"/>. Batches of other sizes and cells in other places add in another order, so closer logits may change places: 0.04 was the widest seen
/// among 500 scenes, where logits have a standard deviation of 4.
/// </summary>
public sealed class InterleavingTests
{
    private const float Margin = 0.1f;

    private static readonly int s_iterations = Environment.GetEnvironmentVariable("MEDGEMMA_SOAK") == "1" ? 500 : 12;

    private static readonly string[] s_openings =
    [
        "You answer questions about one patient. ",
        "You answer questions about one patient. The record: potassium 4.1, 4.4, 5.0, 3.9 and 4.0 mmol/L in the last five years, creatinine 1.87 mg/dL, and no allergy that was written down. ",
        "You summarise. The record: potassium 4.1, 4.4, 5.0, 3.9 and 4.0 mmol/L in the last five years. ",
        "",
    ];

    private static readonly Gen<Wish> s_wish =
        from opening in Gen.Int[0, s_openings.Length - 1]
        from question in Gen.String[Gen.Char["abcdefgh ?"], 1, 60]
        from most in Gen.Int[1, 20]
        from priority in Gen.Enum<GenerationPriority>()
        from adapter in Gen.Frequency((5, Gen.Const(false)), (1, Gen.Const(true)))
        from scope in Gen.Int[0, 2].Select(i => i == 0 ? null : i == 1 ? "a" : "b")
        from pinned in Gen.Bool
        from cancelAfter in Gen.Frequency((4, Gen.Const(int.MaxValue)), (1, Gen.Int[0, 6]))
        from startAfter in Gen.Int[0, 5]
        select new Wish(opening, question, most, priority, adapter, scope, pinned, cancelAfter, startAfter);

    private static readonly Gen<Scene> s_scene =
        from wishes in s_wish.List[2, 10]
        from sequences in Gen.Int[1, 5]
        from cells in Gen.Int[0, 2].Select(i => 256 << i)
        from step in Gen.Int[16, 128]
        select new Scene(wishes, sequences, cells, step);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_greedy_output_is_that_of_the_request_alone(bool fullWindow)
    {
        using var alone = new PlainLoop(TinyEngine.RandomModel, TinyEngine.Adapter);
        var known = new Dictionary<Wish, IReadOnlyList<(int Token, float Gap)>>();

        await s_scene.SampleAsync(
            async scene =>
            {
                var outputs = await PlayAsync(scene, fullWindow);
                foreach (var (wish, output) in scene.Wishes.Zip(outputs))
                {
                    var key = wish with { CancelAfter = 0, StartAfter = 0, Priority = default, Scope = null, Pinned = false };
                    if (!known.TryGetValue(key, out var expected))
                        expected = known[key] = alone.Greedy(wish.Request());

                    Compare(expected, output, wish, alone.Ends);
                }
            },
            iter: s_iterations,
            threads: 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Requests_that_begin_alike_at_the_same_time_go_on_as_they_would_alone(bool fullWindow)
    {
        using var alone = new PlainLoop(TinyEngine.RandomModel, TinyEngine.Adapter);
        string[] questions = ["a", "ab?", "h creatinine ", "cdefgh abcdefgh abcdefgh abcdefgh abcdefgh abcdefgh abcdefgh?", "b"];
        var wishes = questions.Select(question => new Wish(1, question, 20, GenerationPriority.Interactive, false, "a", false, int.MaxValue, 0)).ToList();

        var outputs = await PlayAsync(new Scene(wishes, Sequences: 4, Cells: 1024, TokensPerStep: 64), fullWindow);

        Assert.Contains(outputs, output => output.Started!.CachedTokens > 40);
        foreach (var (wish, output) in wishes.Zip(outputs))
            Compare(alone.Greedy(wish.Request()), output, wish, alone.Ends);
    }

    private static async Task<IReadOnlyList<Generated>> PlayAsync(Scene scene, bool fullWindow)
    {
        var options = TinyEngine.Options();
        options.Sequences = scene.Sequences;
        options.ContextLength = 256;
        options.Cells = scene.Cells;
        options.TokensPerStep = scene.TokensPerStep;
        options.FullWindow = fullWindow;
        options.Adapters = new Dictionary<string, string> { ["lora"] = TinyEngine.Adapter };
        await using var generator = await TinyEngine.LoadAsync(options);
        var running = new List<Task<Generated>>();
        var before = Task.CompletedTask;
        foreach (var wish in scene.Wishes)
        {
            await before;
            var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            running.Add(PlayAsync(generator, wish, started));
            before = started.Task;
        }

        var outputs = await Task.WhenAll(running);

        // Everything that was held has been given back: one sequence can have all there is.
        var last = TinyEngine.Ask("all", 200);
        Assert.NotNull((await Generated.OfAsync(generator, last)).End);
        return outputs;
    }

    private static async Task<Generated> PlayAsync(LlamaGenerator generator, Wish wish, TaskCompletionSource mayStartNext)
    {
        GenerationEvent.Started? started = null;
        GenerationEnd? end = null;
        var tokens = new List<GenerationEvent.Token>();
        if (wish.StartAfter == 0)
            mayStartNext.TrySetResult();
        try
        {
            await foreach (var step in generator.GenerateAsync(wish.Request()))
            {
                if (step is GenerationEvent.Started first)
                    started = first;
                else if (step is GenerationEvent.Token token)
                    tokens.Add(token);
                else if (step is GenerationEvent.Finished finished)
                    end = finished.End;

                if (tokens.Count >= wish.StartAfter)
                    mayStartNext.TrySetResult();
                if (tokens.Count >= wish.CancelAfter)
                    break;
            }
        }
        finally
        {
            mayStartNext.TrySetResult();
        }

        return new Generated(started, tokens, end);
    }

    private static void Compare(IReadOnlyList<(int Token, float Gap)> expected, Generated output, Wish wish, Func<int, bool> ends)
    {
        foreach (var (i, (token, gap)) in expected.Index())
        {
            if (gap < Margin || i >= wish.CancelAfter)
                return;
            if (ends(token))
            {
                Assert.Equal((i, GenerationEnd.EndOfTurn), (output.Tokens.Count, output.End));
                return;
            }

            Assert.True(i < output.Tokens.Count, $"The output ends after {output.Tokens.Count} tokens.");
            Assert.True(token == output.Tokens[i].Id, $"Token {i} is {output.Tokens[i].Id} instead of {token}, which leads by {gap}.");
        }

        if (wish.CancelAfter > expected.Count)
            Assert.Equal((expected.Count, GenerationEnd.TokenLimit), (output.Tokens.Count, output.End));
    }

    private sealed record Scene(IReadOnlyList<Wish> Wishes, int Sequences, int Cells, int TokensPerStep)
    {
        public override string ToString() => $"{Sequences} sequences, {Cells} cells, {TokensPerStep} a step: {string.Join("; ", Wishes)}";
    }

    private sealed record Wish(int Opening, string Question, int Most, GenerationPriority Priority, bool Adapter, string? Scope, bool Pinned, int CancelAfter, int StartAfter)
    {
        public GenerationRequest Request() => TinyEngine.Ask(s_openings[Opening] + Question, Most) with
        {
            Priority = Priority,
            Adapter = Adapter ? "lora" : null,
            Prefix = new PrefixHint(Scope, Pinned ? 1 : 0),
            PinnedCharacters = Pinned ? "user\n".Length + s_openings[Opening].Length : 0,
        };
    }
}
