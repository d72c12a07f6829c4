using System.Text.Json;
using MedGemma.Agents.Inference.Chat;
using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Grammars;
using MedGemma.Agents.Inference.Tests.Chat;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace MedGemma.Agents.Inference.Tests.OpenAi;

public sealed class OpenAiRoundTripTests
{
    private static readonly ChatMessage[] Question = [new(ChatRole.User, "How many?")];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task An_answer_comes_through_with_thoughts_and_usage(bool overSocket, bool streaming)
    {
        using var model = new GemmaChatClient(new ScriptedGenerator(ScriptedGenerator.Answer(ControlToken.StartOfThought, "thought\nhm", ControlToken.EndOfThought, "Th", "rée", " <unused94>")));
        await using var door = await Door.Open(model, overSocket);
        var response = streaming
            ? await door.Client.GetStreamingResponseAsync(Question, cancellationToken: Token).ToChatResponseAsync(Token)
            : await door.Client.GetResponseAsync(Question, cancellationToken: Token);
        Assert.Equal("Thrée <unused94>", response.Text);
        Assert.Equal("hm", Assert.Single(response.Messages.Single().Contents.OfType<TextReasoningContent>()).Text);
        Assert.Equal((10, 4, 6, 16, 3), (response.Usage!.InputTokenCount, response.Usage.CachedInputTokenCount, response.Usage.OutputTokenCount, response.Usage.TotalTokenCount, response.Usage.ReasoningTokenCount));
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        Assert.Equal("medgemma-test", response.ModelId);
    }

    [Fact]
    public async Task Everything_that_is_asked_reaches_the_engine()
    {
        var generator = new ScriptedGenerator(ScriptedGenerator.Answer("x"));
        using var model = new GemmaChatClient(generator);

        // The server's clock is five minutes ahead: nothing of the time left is lost.
        FakeTimeProvider here = new(DateTimeOffset.UnixEpoch), there = new(DateTimeOffset.UnixEpoch.AddMinutes(5));
        await using var door = await Door.Open(model, clock: there);
        var inference = new InferenceChatOptions
        {
            Grammar = new Grammar("root ::= \"x\"\n"), Adapter = "radiology", LogProbs = 3, Prefix = new PrefixHint("scope", 2, "caller"), Priority = GenerationPriority.Batch,
            Deadline = here.GetUtcNow().AddSeconds(30), MaxThinkingTokens = 700, Waited = TimeSpan.FromMinutes(3),
        };
        ChatMessage[] messages = [new(ChatRole.System, "Be exact."), new(ChatRole.User, [new TextContent("Look: "), new DataContent(new byte[] { 1, 2, 3 }, "image/png")])];
        await door.ClientOf(here).GetResponseAsync(messages, new ChatOptions { Temperature = 0.5f, TopP = 0.9f, TopK = 4, Seed = 9, MaxOutputTokens = 33, Reasoning = new ReasoningOptions { Effort = ReasoningEffort.High } }.WithInference(inference), Token);
        var request = generator.Requests[0];
        Assert.Equal(new Sampling { Temperature = 0.5f, TopP = 0.9f, TopK = 4, Seed = 9 }, request.Sampling);
        Assert.Equal((inference.Grammar, inference.Adapter, inference.LogProbs, inference.Prefix, inference.Priority, there.GetUtcNow().AddSeconds(30), 33), (request.Grammar, request.Adapter, request.LogProbs, request.Prefix, request.Priority, request.Deadline, request.MaxTokens));
        Assert.Equal((new ThinkingPhase(700), TimeSpan.FromMinutes(3)), (request.Thinking, request.Waited));
        Assert.Equal(new byte[] { 1, 2, 3 }, Assert.Single(request.Prompt.OfType<PromptPart.Image>()).Data.ToArray());
    }

    [Fact]
    public async Task A_conversation_with_tools_comes_through()
    {
        var generator = new ScriptedGenerator(ScriptedGenerator.Answer("[{\"name\": \"count\", \"parameters\": {\"kind\": \"A\"}}, ", "{\"name\": \"count\", \"parameters\": {}}]"));
        using var model = new GemmaChatClient(generator);
        await using var door = await Door.Open(model);
        var options = new ChatOptions { Tools = [AIFunctionFactory.CreateDeclaration("count", "Counts.", JsonSerializer.SerializeToElement(new { type = "object" }))] };
        foreach (var streaming in new[] { true, false })
        {
            var response = streaming ? await door.Client.GetStreamingResponseAsync(Question, options, Token).ToChatResponseAsync(Token) : await door.Client.GetResponseAsync(Question, options, Token);
            var calls = response.Messages.Single().Contents.OfType<FunctionCallContent>().ToList();
            Assert.Equal(["A", null], calls.Select(call => call.Arguments!.TryGetValue("kind", out var kind) ? kind!.ToString() : null));
            Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
            Assert.Equal(2, calls.Select(call => call.CallId).Distinct().Count());

            await door.Client.GetResponseAsync([.. Question, .. response.Messages, new(ChatRole.Tool, [new FunctionResultContent(calls[0].CallId, "3"), new FunctionResultContent(calls[1].CallId, 4)])], options, Token);
            Assert.Equal("user\n{\"tool\":\"count\",\"result\":\"3\"}\n\n\n{\"tool\":\"count\",\"result\":\"4\"}", generator.Requests[^1].Prompt.OfType<PromptPart.Text>().ElementAt(4).Value);
        }
    }

    [Fact]
    public async Task Log_probabilities_come_with_their_tokens()
    {
        byte[] half = [0xC3];
        var generator = new ScriptedGenerator(
            new GenerationEvent.Started(1, 0),
            new GenerationEvent.Token(5, half, null, new TokenLogProb(half, -0.5, [new TokenLogProb(half, -0.5, []), new TokenLogProb("e"u8.ToArray(), -1, [])])),
            new GenerationEvent.Token(6, new byte[] { 0xA9 }, null, new TokenLogProb(new byte[] { 0xA9 }, -0.25, [])),
            new GenerationEvent.Finished(GenerationEnd.TokenLimit));
        using var model = new GemmaChatClient(generator);
        await using var door = await Door.Open(model);
        var updates = await door.Client.GetStreamingResponseAsync(Question, new ChatOptions().WithInference(new InferenceChatOptions { LogProbs = 2 }), Token).ToListAsync(Token);
        var found = updates.SelectMany(update => update.LogProbs()).ToList();
        Assert.Equal([-0.5, -0.25], found.Select(token => token.LogProb));
        Assert.Equal(half, found[0].Utf8.ToArray());
        Assert.Equal([-0.5, -1], found[0].Alternatives.Select(token => token.LogProb));
        Assert.Equal("é", string.Concat(updates.Select(update => update.Text)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Near_ties_reach_the_engine_and_come_back_with_the_end(bool streaming)
    {
        var generator = new ScriptedGenerator(
            new GenerationEvent.Started(1, 0), new GenerationEvent.Token(6, "a"u8.ToArray()), new GenerationEvent.Finished(GenerationEnd.EndOfTurn) { NearTies = [new NearTie(0, 6, -0.002f)] });
        using var model = new GemmaChatClient(generator);
        await using var door = await Door.Open(model);
        var options = new ChatOptions().WithInference(new InferenceChatOptions { NearTies = [new NearTie(0, 6, 0.001f)] });

        var ties = streaming
            ? (await door.Client.GetStreamingResponseAsync(Question, options, Token).ToListAsync(Token)).SelectMany(update => update.NearTies())
            : (await door.Client.GetResponseAsync(Question, options, Token)).ToChatResponseUpdates().SelectMany(update => update.NearTies());

        Assert.Equal([new NearTie(0, 6, -0.002f)], ties);
        Assert.Equal([new NearTie(0, 6, 0.001f)], generator.Requests[^1].NearTies!);
        await door.Client.GetResponseAsync(Question, cancellationToken: Token);
        Assert.Null(generator.Requests[^1].NearTies);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Failures_keep_their_type_and_numbers(bool streaming)
    {
        var busy = await Assert.ThrowsAsync<ModelBusyException>(() => Fail(new ModelBusyException(TimeSpan.FromSeconds(7.5)), streaming));
        Assert.Equal(7.5, busy.RetryAfter.TotalSeconds);
        var overflow = await Assert.ThrowsAsync<ContextOverflowException>(() => Fail(new ContextOverflowException(5000, 100, 4096), streaming));
        Assert.Equal((5000, 100, 4096), (overflow.PromptTokens, overflow.RequestedTokens, overflow.ContextLength));
        var refused = await Assert.ThrowsAsync<RequestRefusedException>(() => Fail(new RequestRefusedException("grammar", "It is no grammar."), streaming));
        Assert.Equal(("grammar", "It is no grammar."), (refused.Parameter, refused.Message));
        await Assert.ThrowsAsync<ModelLostException>(() => Fail(new ModelLostException("gone"), streaming));
    }

    [Fact]
    public async Task A_failure_after_the_first_words_keeps_its_type()
    {
        using var model = new GemmaChatClient(new ScriptedGenerator(new GenerationEvent.Started(1, 0), new GenerationEvent.Token(1, "a"u8.ToArray())) { Failure = new ModelBusyException(TimeSpan.FromSeconds(4)) });
        await using var door = await Door.Open(model);
        var seen = "";
        var busy = await Assert.ThrowsAsync<ModelBusyException>(async () =>
        {
            await foreach (var update in door.Client.GetStreamingResponseAsync(Question, cancellationToken: Token))
                seen += update.Text;
        });
        Assert.Equal(("a", 4), (seen, busy.RetryAfter.TotalSeconds));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_that_goes_away_cancels_its_generation(bool byLeaving)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var generator = new ScriptedGenerator(ScriptedGenerator.Answer("a", "b")) { Hold = new TaskCompletionSource().Task };
        using var model = new GemmaChatClient(generator);
        await using var door = await Door.Open(model);
        var ended = await Record.ExceptionAsync(async () =>
        {
            await foreach (var update in door.Client.GetStreamingResponseAsync(Question, cancellationToken: gone.Token))
            {
                if (update.Text != "b")
                    continue;
                if (byLeaving)
                    break;

                await gone.CancelAsync();
            }
        });
        Assert.Equal(byLeaving, ended is null);
        Assert.True(ended is null or OperationCanceledException);
        await generator.Left.Task.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, Token);
    }

    [Fact]
    public async Task Models_are_listed_with_what_they_can_do()
    {
        using var model = new GemmaChatClient(new ScriptedGenerator());
        await using var door = await Door.Open(model);
        var info = Assert.Single(await door.Client.ListModelsAsync(Token));
        Assert.Equal(("medgemma-test", 4096, true, false), (info.Model, info.ContextLength, info.Images, info.Thinking));
        Assert.Equal(["radiology"], info.Adapters);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_lost()
    {
        using var http = MedGemma.Agents.Inference.OpenAi.Client.OpenAiConnection.OverUnixSocket(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()));
        using var client = new MedGemma.Agents.Inference.OpenAi.Client.OpenAiChatClient(http, "m");
        await Assert.ThrowsAsync<ModelLostException>(() => client.GetResponseAsync(Question, cancellationToken: Token));
    }

    private static async Task Fail(Exception failure, bool streaming)
    {
        using var model = new GemmaChatClient(new ScriptedGenerator { Failure = failure });
        await using var door = await Door.Open(model);
        if (streaming)
            await door.Client.GetStreamingResponseAsync(Question, cancellationToken: Token).ToChatResponseAsync(Token);
        else
            await door.Client.GetResponseAsync(Question, cancellationToken: Token);
    }
}
