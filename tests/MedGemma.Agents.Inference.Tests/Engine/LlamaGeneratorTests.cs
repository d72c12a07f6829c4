using System.Diagnostics.Metrics;
using MedGemma.Agents.Inference.Chat;
using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Engine;
using MedGemma.Agents.Inference.Grammars;
using MedGemma.Agents.Inference.Telemetry;
using MedGemma.Agents.TinyModels;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace MedGemma.Agents.Inference.Tests.Engine;

public sealed class LlamaGeneratorTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_model_answers_and_ends_its_turn()
    {
        var file = TinyEngine.Model(new TinyGemmaOptions { Reply = "The value was 1.87 mg/dL." });
        await using var generator = await TinyEngine.LoadAsync(TinyEngine.Options(file));

        var generated = await Generated.OfAsync(generator, TinyEngine.Ask("creatinine?", 64), Cancel);

        Assert.Equal("The value was 1.87 mg/dL.", generated.Text);
        Assert.Equal(GenerationEnd.EndOfTurn, generated.End);
        Assert.Equal(0, generated.Started!.CachedTokens);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_model_answers_from_a_cache_of_8_bits_and_from_what_is_kept_in_it(bool fullWindow)
    {
        var options = TinyEngine.Options(TinyEngine.Model(new TinyGemmaOptions { Reply = "The value was 1.87 mg/dL." }));
        (options.QuantizedCache, options.FullWindow) = (true, fullWindow);
        await using var generator = await TinyEngine.LoadAsync(options);
        var request = TinyEngine.Ask("creatinine?", 64) with { Prefix = new PrefixHint("patient") };

        var first = await Generated.OfAsync(generator, request, Cancel);
        var again = await Generated.OfAsync(generator, request, Cancel);

        Assert.Equal(("The value was 1.87 mg/dL.", first.Text), (first.Text, again.Text));
        Assert.True(again.Started!.CachedTokens > 0, "Nothing was kept.");
    }

    [Fact]
    public async Task Output_ends_at_the_limit()
    {
        await using var generator = await TinyEngine.LoadAsync(TinyEngine.Options());

        var generated = await Generated.OfAsync(generator, TinyEngine.Ask("anything", 5), Cancel);

        Assert.Equal(5, generated.Tokens.Count);
        Assert.Equal(GenerationEnd.TokenLimit, generated.End);
    }

    [Fact]
    public async Task What_does_not_fit_is_an_error_with_the_numbers()
    {
        await using var generator = await TinyEngine.LoadAsync(TinyEngine.Options());

        var overflow = await Assert.ThrowsAsync<ContextOverflowException>(() => Generated.OfAsync(generator, TinyEngine.Ask("x", 512), Cancel));

        Assert.Equal((512, 512), (overflow.RequestedTokens, overflow.ContextLength));
        Assert.InRange(overflow.PromptTokens, 8, 20);
    }

    [Fact]
    public async Task A_sampled_output_is_the_same_for_the_same_seed()
    {
        await using var generator = await TinyEngine.LoadAsync(TinyEngine.Options());
        var request = TinyEngine.Ask("anything", 24) with { Sampling = new Sampling { Temperature = 1, TopP = 0.95f, Seed = 5 } };

        var first = await Generated.OfAsync(generator, request, Cancel);
        var again = await Generated.OfAsync(generator, request, Cancel);
        var other = await Generated.OfAsync(generator, request with { Sampling = request.Sampling with { Seed = 6 } }, Cancel);

        Assert.Equal(first.Ids, again.Ids);
        Assert.NotEqual(first.Ids, other.Ids);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(1f)]
    public async Task A_grammar_holds_whatever_the_model_likes(float temperature)
    {
        await using var generator = await TinyEngine.LoadAsync(TinyEngine.Options());
        var grammar = new Grammar("root ::= \"{\\\"unit\\\":\\\"\" (\"mg\" | \"µmol\") \"\\\",\\\"value\\\":\" [0-9] [0-9] \"}\"");

        for (var seed = 0; seed < 8; seed++)
        {
            var request = TinyEngine.Ask($"creatinine {seed}?", 64) with { Grammar = grammar, Sampling = new Sampling { Temperature = temperature, Seed = seed } };
            var generated = await Generated.OfAsync(generator, request, Cancel);

            Assert.Matches("^\\{\"unit\":\"(mg|µmol)\",\"value\":[0-9][0-9]\\}$", generated.Text);
            Assert.Equal(GenerationEnd.EndOfTurn, generated.End);
        }
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(1f)]
    public async Task A_grammar_that_no_token_can_go_on_with_is_a_dead_end_and_no_answer(float temperature)
    {
        await using var generator = await TinyEngine.LoadAsync(TinyEngine.Options());
        var request = TinyEngine.Ask("x", 8) with { Grammar = new Grammar("root ::= \"{\" [^\\x00-\\U00FFFFFF] \"}\""), Sampling = new Sampling { Temperature = temperature, Seed = 1 } };

        var generated = await Generated.OfAsync(generator, request, Cancel);

        Assert.Equal(("{", GenerationEnd.DeadEnd), (generated.Text, generated.End));
        await Assert.ThrowsAsync<ModelFailedException>(() => new GemmaChatClient(generator).GetResponseAsync("x", new ChatOptions { MaxOutputTokens = 8 }.WithInference(new InferenceChatOptions { Grammar = request.Grammar }), Cancel));
    }

    [Fact]
    public async Task A_failure_after_the_last_step_is_logged_and_ends_the_engine()
    {
        var logger = new FakeLogger();
        var ours = new AsyncLocal<bool> { Value = true };
        var full = true;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                // The engine's thread, and no other test's, is started from here.
                if (ours.Value && instrument.Name == InferenceTelemetry.Preemptions)
                    self.EnableMeasurementEvents(instrument);
            },
            MeasurementsCompleted = (_, _) =>
            {
                if (full)
                    throw new IOException("The disk of the metrics is full.");
            },
        };
        listener.Start();
        var generator = await LlamaGenerator.LoadAsync(TinyEngine.Options(), logger, TimeProvider.System);

        await generator.DisposeAsync();
        full = false;

        Assert.Contains(logger.Collector.GetSnapshot(), line => line is { Level: LogLevel.Critical, Exception: IOException });
    }

    [Fact]
    public async Task One_core_stays_free_however_many_threads_are_asked_for()
    {
        var logger = new FakeLogger();
        var options = TinyEngine.Options();
        options.Threads = 1000;

        await using var generator = await LlamaGenerator.LoadAsync(options, logger, TimeProvider.System);

        var warning = Assert.Single(logger.Collector.GetSnapshot(), line => line.Level == LogLevel.Warning && line.Message.Contains("threads", StringComparison.Ordinal));
        Assert.Contains($": {Math.Max(1, Environment.ProcessorCount - 1)} compute", warning.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await Generated.OfAsync(generator, TinyEngine.Ask("x", 2), Cancel)).Tokens.Count);
    }

    [Fact]
    public async Task A_thought_is_free_and_the_answer_after_it_keeps_to_the_grammar()
    {
        var file = TinyEngine.Model(new TinyGemmaOptions { Reply = "<unused94>thought\nlet me see<unused95>{\"a\":7}" });
        await using var generator = await TinyEngine.LoadAsync(TinyEngine.Options(file));
        var request = TinyEngine.Ask("x", 64) with { Grammar = new Grammar("root ::= \"{\\\"a\\\":\" [0-9] \"}\""), Thinking = new ThinkingPhase(50) };

        var generated = await Generated.OfAsync(generator, request, Cancel);

        var close = generated.Tokens.Index().Single(token => token.Item.Control == ControlToken.EndOfThought).Index;
        Assert.Equal(ControlToken.StartOfThought, generated.Tokens[0].Control);
        Assert.Equal("thought\nlet me see", generated.Text[.."thought\nlet me see".Length]);
        Assert.Matches("^\\{\"a\":[0-9]\\}$", (generated with { Tokens = [.. generated.Tokens.Skip(close + 1)] }).Text);
        Assert.Equal(GenerationEnd.EndOfTurn, generated.End);
    }

    [Fact]
    public async Task A_thought_beyond_its_budget_ends_without_an_answer()
    {
        var file = TinyEngine.Model(new TinyGemmaOptions { Reply = "<unused94>thought\nlet me see what there is to be seen<unused95>yes" });
        await using var generator = await TinyEngine.LoadAsync(TinyEngine.Options(file));

        var generated = await Generated.OfAsync(generator, TinyEngine.Ask("x", 64) with { Thinking = new ThinkingPhase(3) }, Cancel);

        Assert.Equal(GenerationEnd.ThinkingLimit, generated.End);
        Assert.Equal(3, generated.Tokens.Count);
    }

    [Fact]
    public async Task Log_probabilities_are_the_models_own()
    {
        await using var generator = await TinyEngine.LoadAsync(TinyEngine.Options());

        var generated = await Generated.OfAsync(generator, TinyEngine.Ask("x", 4) with { LogProbs = 3 }, Cancel);

        Assert.All(generated.Tokens, token =>
        {
            Assert.Equal(3, token.LogProb!.Alternatives.Count);
            Assert.Equal(token.Utf8.ToArray(), token.LogProb.Alternatives[0].Utf8.ToArray());
            Assert.Equal(token.LogProb.LogProb, token.LogProb.Alternatives[0].LogProb, 5);
            Assert.True(token.LogProb.Alternatives.Sum(other => Math.Exp(other.LogProb)) <= 1.0001);
        });
    }

    [Fact]
    public async Task Text_that_spells_a_control_token_stays_text()
    {
        await using var generator = await TinyEngine.LoadAsync(TinyEngine.Options());

        var plain = await Generated.OfAsync(generator, TinyEngine.Ask("see [turn]"), Cancel);
        var spelled = await Generated.OfAsync(generator, TinyEngine.Ask("see <end_of_turn>"), Cancel);

        Assert.True(spelled.Started!.PromptTokens > plain.Started!.PromptTokens, "A control token would be one token.");
    }

    [Fact]
    public async Task A_deadline_ends_the_output()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var generator = await TinyEngine.LoadAsync(TinyEngine.Options(), clock);

        var generated = await Generated.OfAsync(generator, TinyEngine.Ask("x", 400) with { Deadline = clock.GetUtcNow() }, Cancel);

        Assert.Equal(GenerationEnd.Deadline, generated.End);
        Assert.Empty(generated.Tokens);
    }

    [Fact]
    public async Task Leaving_early_frees_the_place_for_others()
    {
        var options = TinyEngine.Options();
        options.Sequences = 1;
        await using var generator = await TinyEngine.LoadAsync(options);

        await foreach (var step in generator.GenerateAsync(TinyEngine.Ask("x", 400), Cancel))
        {
            if (step is GenerationEvent.Token)
                break;
        }

        Assert.Equal(3, (await Generated.OfAsync(generator, TinyEngine.Ask("y", 3), Cancel)).Tokens.Count);
    }

    [Fact]
    public async Task A_full_queue_is_busy()
    {
        var options = TinyEngine.Options();
        options.Sequences = 1;
        options.QueueLength = 1;
        await using var generator = await TinyEngine.LoadAsync(options);
        await using var running = generator.GenerateAsync(TinyEngine.Ask("x", 480), Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await running.MoveNextAsync());
        await using var waiting = generator.GenerateAsync(TinyEngine.Ask("y"), Cancel).GetAsyncEnumerator(Cancel);
        var waits = waiting.MoveNextAsync();

        await Assert.ThrowsAsync<ModelBusyException>(() => Generated.OfAsync(generator, TinyEngine.Ask("z"), Cancel));
        await running.DisposeAsync();
        Assert.True(await waits);
    }

    [Fact]
    public async Task A_stopped_engine_tells_those_who_wait()
    {
        var generator = await TinyEngine.LoadAsync(TinyEngine.Options());
        await using var running = generator.GenerateAsync(TinyEngine.Ask("x", 480), Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await running.MoveNextAsync());

        await generator.DisposeAsync();

        await Assert.ThrowsAsync<ModelLostException>(async () =>
        {
            while (await running.MoveNextAsync())
            {
            }
        });
        await Assert.ThrowsAsync<ModelLostException>(() => Generated.OfAsync(generator, TinyEngine.Ask("x"), Cancel));
    }

    [Fact]
    public async Task An_unknown_adapter_is_refused()
    {
        await using var generator = await TinyEngine.LoadAsync(TinyEngine.Options());

        var refused = await Assert.ThrowsAsync<RequestRefusedException>(() => Generated.OfAsync(generator, TinyEngine.Ask("x") with { Adapter = "none" }, Cancel));

        Assert.Equal("adapter", refused.Parameter);
    }
}
