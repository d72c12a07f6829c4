using System.Text.Json;
using MedGemma.Agents.Inference.Chat;
using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Grammars;
using MedGemma.Agents.Inference.Tests.Grammars;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Inference.Tests.Chat;

public sealed class GemmaChatClientTests
{
    private static readonly ChatMessage[] Question = [new(ChatRole.User, "How many?")];

    private static readonly AIFunctionDeclaration Count = AIFunctionFactory.CreateDeclaration("count", "Counts resources.", Json("""{"type":"object","properties":{"kind":{"enum":["Observation","Condition"]}},"required":["kind"],"additionalProperties":false}"""));

    [Fact]
    public async Task A_small_context_refuses_nobody_who_does_not_think()
    {
        var generator = new ScriptedGenerator(ScriptedGenerator.Answer("Yes.")) { Info = new GeneratorInfo("small", 512) { Thinking = true } };
        using var client = new GemmaChatClient(generator);
        Assert.Equal("Yes.", (await client.GetResponseAsync("Hello?", cancellationToken: TestContext.Current.CancellationToken)).Text);
        var refused = await Assert.ThrowsAsync<RequestRefusedException>(() => client.GetResponseAsync("Hello?", new ChatOptions { Reasoning = new ReasoningOptions { Effort = ReasoningEffort.High } }, TestContext.Current.CancellationToken));
        Assert.Equal("max_thinking_tokens", refused.Parameter);
    }

    [Fact]
    public async Task Text_streams_token_by_token_and_usage_comes_last()
    {
        using var client = Client(out _, "Th", "ree", new byte[] { 0xC3 }, new byte[] { 0xA9 });
        var updates = await client.GetStreamingResponseAsync(Question, cancellationToken: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["Th", "ree", "é", ""], updates.Select(update => update.Text));
        var usage = Assert.IsType<UsageContent>(Assert.Single(updates[^1].Contents)).Details;
        Assert.Equal((10, 4, 4, 14, 0), (usage.InputTokenCount, usage.CachedInputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount, usage.ReasoningTokenCount));
        Assert.Equal(ChatFinishReason.Stop, updates[^1].FinishReason);
        Assert.All(updates, update => Assert.Equal(("medgemma-test", updates[0].ResponseId), (update.ModelId, update.ResponseId)));
    }

    [Fact]
    public async Task Thoughts_are_reasoning_and_not_text()
    {
        using var client = Client(out var generator, ControlToken.StartOfThought, "thought\n", "Let me see.", ControlToken.EndOfThought, "Three.");
        var response = await Ask(client, new ChatOptions { Reasoning = new ReasoningOptions() }.WithInference(new InferenceChatOptions { MaxThinkingTokens = 1500 }));
        Assert.Equal("Three.", response.Text);
        Assert.Equal("Let me see.", Assert.Single(response.Messages[0].Contents.OfType<TextReasoningContent>()).Text);
        Assert.Equal(4, response.Usage!.ReasoningTokenCount);
        Assert.Equal(1500, generator.Requests[0].Thinking!.MaxTokens);
    }

    [Theory]
    [InlineData(GenerationEnd.EndOfTurn, "stop")]
    [InlineData(GenerationEnd.TokenLimit, "length")]
    [InlineData(GenerationEnd.ThinkingLimit, "length")]
    [InlineData(GenerationEnd.Deadline, "length")]
    public async Task Every_end_has_its_reason(GenerationEnd end, string reason)
    {
        using var client = new GemmaChatClient(new ScriptedGenerator(new GenerationEvent.Started(1, 0), new GenerationEvent.Finished(end)));
        Assert.Equal(reason, (await Ask(client)).FinishReason!.Value.Value);
    }

    [Fact]
    public async Task A_response_format_becomes_a_grammar()
    {
        using var client = Client(out var generator, "3");
        await Ask(client, new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(Json("""{"type":"integer","minimum":0,"maximum":9}""")) });
        var machine = new GbnfMachine(generator.Requests[0].Grammar!.Gbnf);
        Assert.True(machine.Accepts("3"));
        Assert.False(machine.Accepts("10"));
    }

    [Fact]
    public async Task A_schema_without_a_grammar_is_refused_by_name()
    {
        using var client = Client(out var generator, "3");
        var refused = await Assert.ThrowsAsync<RequestRefusedException>(() => Ask(client, new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(Json("""{"properties":{"a":{"not":{}}}}""")) }));
        Assert.Equal("response_format", refused.Parameter);
        Assert.Contains("#/properties/a: not", refused.Message, StringComparison.Ordinal);
        Assert.Empty(generator.Requests);
    }

    [Fact]
    public async Task A_tool_call_is_read_and_an_answer_in_words_streams()
    {
        using var caller = Client(out var generator, "```json\n", "{\"name\": \"count\",", " \"parameters\": {\"kind\": \"Condition\"}}", "\n```");
        var options = new ChatOptions { Tools = [Count] };
        var response = await Ask(caller, options);
        var call = Assert.Single(response.Messages[0].Contents.OfType<FunctionCallContent>());
        Assert.Equal(("count", "Condition", null), (call.Name, call.Arguments!["kind"]!.ToString(), call.Exception));
        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
        Assert.Equal("", response.Text);
        Assert.Contains("\"name\":\"count\"", Assert.IsType<PromptPart.Text>(generator.Requests[0].Prompt[2]).Value, StringComparison.Ordinal);
        Assert.Null(generator.Requests[0].Grammar);

        using var speaker = Client(out _, "There", " are {\"name\"}.");
        Assert.Equal("There are {\"name\"}.", (await Ask(speaker, options)).Text);
    }

    [Fact]
    public async Task A_call_of_an_unknown_tool_carries_an_error()
    {
        using var client = Client(out _, """{"name": "drop", "parameters": {}}""");
        var response = await Ask(client, new ChatOptions { Tools = [Count] });
        Assert.NotNull(Assert.Single(response.Messages[0].Contents.OfType<FunctionCallContent>()).Exception);
    }

    [Theory]
    [InlineData("""{"name": "count", "parameters": {"kind": "Condi""")]
    [InlineData("""{"name": "count", "parameters": {}, "more": 1}""")]
    [InlineData("""{"name": "count", "parameters": {"kind": "\ud800"}} x""")]
    [InlineData("[]")]
    public async Task What_is_no_call_stays_text(string answer)
    {
        using var client = Client(out _, answer);
        Assert.Equal(answer, (await Ask(client, new ChatOptions { Tools = [Count] })).Text);
    }

    [Fact]
    public async Task A_required_call_is_constrained_by_a_grammar()
    {
        using var client = Client(out var generator, """{"name": "count", "parameters": {"kind": "Condition"}}""");
        var response = await Ask(client, new ChatOptions { Tools = [Count], ToolMode = ChatToolMode.RequireSpecific("count") });
        Assert.Single(response.Messages[0].Contents.OfType<FunctionCallContent>());
        var machine = new GbnfMachine(generator.Requests[0].Grammar!.Gbnf);
        Assert.True(machine.Accepts("""{"name": "count", "parameters": {"kind": "Condition"}}"""));
        Assert.False(machine.Accepts("""{"name": "count", "parameters": {"kind": "Patient"}}"""));
    }

    [Fact]
    public async Task A_stop_text_ends_the_answer_and_the_generation()
    {
        using var client = Client(out var generator, "one. E", "ND two", " three");
        var response = await Ask(client, new ChatOptions { StopSequences = ["END"] });
        Assert.Equal("one. ", response.Text);
        Assert.Equal(2, response.Usage!.OutputTokenCount);
        Assert.Equal(3, generator.Given);
        Assert.True(generator.Left.Task.IsCompleted);
    }

    [Fact]
    public async Task Leaving_or_cancelling_a_stream_ends_its_generation()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var generator = new ScriptedGenerator(ScriptedGenerator.Answer("a", "b")) { Hold = new TaskCompletionSource().Task };
        using var client = new GemmaChatClient(generator);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync(Question, cancellationToken: source.Token))
            {
                if (update.Text == "b")
                    await source.CancelAsync();
            }
        });
        await generator.Left.Task;

        var left = new ScriptedGenerator(ScriptedGenerator.Answer("a", "b"));
        using var other = new GemmaChatClient(left);
        await foreach (var update in other.GetStreamingResponseAsync(Question, cancellationToken: TestContext.Current.CancellationToken))
            break;
        await left.Left.Task;
    }

    [Fact]
    public async Task Failures_of_the_engine_pass_and_a_stream_without_an_end_is_one()
    {
        using var busy = new GemmaChatClient(new ScriptedGenerator { Failure = new ModelBusyException(TimeSpan.FromSeconds(3)) });
        Assert.Equal(3, (await Assert.ThrowsAsync<ModelBusyException>(() => Ask(busy))).RetryAfter.TotalSeconds);
        using var broken = new GemmaChatClient(new ScriptedGenerator(new GenerationEvent.Started(1, 0)));
        await Assert.ThrowsAsync<ModelLostException>(() => Ask(broken));
    }

    [Fact]
    public async Task Options_reach_the_engine()
    {
        using var client = Client(out var generator, "x");
        var inference = new InferenceChatOptions { Adapter = "radiology", LogProbs = 2, Prefix = new PrefixHint("scope", 1), Priority = GenerationPriority.Batch, Grammar = new Grammar("root ::= \"x\"\n") };
        await Ask(client, new ChatOptions { Temperature = 0.5f, TopK = 5, TopP = 0.9f, Seed = 7, MaxOutputTokens = 12 }.WithInference(inference));
        var request = generator.Requests[0];
        Assert.Equal(new Sampling { Temperature = 0.5f, TopK = 5, TopP = 0.9f, Seed = 7 }, request.Sampling);
        Assert.Equal((12, "radiology", 2, inference.Prefix, GenerationPriority.Batch, inference.Grammar), (request.MaxTokens, request.Adapter, request.LogProbs, request.Prefix, request.Priority, request.Grammar));
    }

    [Theory]
    [InlineData("temperature")]
    [InlineData("top_p")]
    [InlineData("max_tokens")]
    [InlineData("adapter")]
    [InlineData("stop")]
    public async Task Options_out_of_range_are_refused_by_name(string parameter)
    {
        var options = parameter switch
        {
            "temperature" => new ChatOptions { Temperature = float.NaN },
            "top_p" => new ChatOptions { TopP = 0 },
            "max_tokens" => new ChatOptions { MaxOutputTokens = 100_000 },
            "adapter" => new ChatOptions().WithInference(new InferenceChatOptions { Adapter = "other" }),
            _ => new ChatOptions { StopSequences = [""] },
        };
        using var client = Client(out _, "x");
        Assert.Equal(parameter, (await Assert.ThrowsAsync<RequestRefusedException>(() => Ask(client, options))).Parameter);
    }

    private static GemmaChatClient Client(out ScriptedGenerator generator, params IEnumerable<object> tokens) => new(generator = new ScriptedGenerator(ScriptedGenerator.Answer(tokens)));

    private static Task<ChatResponse> Ask(GemmaChatClient client, ChatOptions? options = null) => client.GetResponseAsync(Question, options, TestContext.Current.CancellationToken);

    private static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement.Clone();
}
