using System.Net;
using System.Text;
using System.Text.Json;
using MedGemma.Agents.Inference.Chat;
using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Grammars;
using MedGemma.Agents.Inference.OpenAi.Client;
using MedGemma.Agents.Inference.Tests.Chat;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Inference.Tests.OpenAi;

public sealed class OpenAiProtocolTests
{
    private const string User = """{"model":"medgemma-test","messages":[{"role":"user","content":"hi"}]""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "body")]
    [InlineData("[]", "body")]
    [InlineData("""{"model":"medgemma-test","messages":"x"}""", "body")]
    [InlineData("""{"model":"medgemma-test"}""", "messages")]
    [InlineData("""{"model":"medgemma-test","messages":[null]}""", "messages")]
    [InlineData("""{"model":"medgemma-test","messages":[{"role":"user","content":[null]}]}""", "messages")]
    [InlineData("""{"model":"medgemma-test","messages":[{"role":"narrator","content":"x"}]}""", "messages")]
    [InlineData("""{"model":"medgemma-test","messages":[{"role":"assistant","content":"x"}]}""", "messages")]
    [InlineData("""{"model":"medgemma-test","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.org/a.png"}}]}]}""", "messages")]
    [InlineData("""{"model":"medgemma-test","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,%%%"}}]}]}""", "messages")]
    [InlineData("""{"model":"medgemma-test","messages":[{"role":"user","content":[{"type":"input_audio"}]}]}""", "messages")]
    [InlineData("""{"model":"medgemma-test","messages":[{"role":"user","content":"x"},{"role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"["}}]}]}""", "messages")]
    [InlineData("""{"model":"medgemma-test","messages":[{"role":"user","content":"\ud800"}]}""", "body")]
    [InlineData(User + ""","n":2}""", "n")]
    [InlineData(User + ""","temperature":3}""", "temperature")]
    [InlineData(User + ""","max_tokens":0}""", "max_tokens")]
    [InlineData(User + ""","max_tokens":"ten"}""", "body")]
    [InlineData(User + ""","stop":[1]}""", "stop")]
    [InlineData(User + ""","stop":[""]}""", "stop")]
    [InlineData(User + ""","response_format":{"type":"xml"}}""", "response_format")]
    [InlineData(User + ""","response_format":{"type":"json_schema","json_schema":{"name":"a","schema":{"not":{}}}}}""", "response_format")]
    [InlineData(User + ""","tools":[{"type":"web_search"}]}""", "tools")]
    [InlineData(User + ""","tool_choice":"required"}""", "tool_choice")]
    [InlineData(User + ""","tool_choice":{"type":"function"}}""", "tool_choice")]
    [InlineData(User + ""","top_logprobs":3}""", "top_logprobs")]
    [InlineData(User + ""","logprobs":true,"top_logprobs":30}""", "top_logprobs")]
    [InlineData(User + ""","reasoning_effort":"maximal"}""", "reasoning_effort")]
    [InlineData(User + ""","priority":"high"}""", "priority")]
    [InlineData(User + ""","adapter":"nobody's"}""", "adapter")]
    [InlineData(User + ""","time_left_ms":-1}""", "time_left_ms")]
    [InlineData(User + ""","time_left_ms":9223372036854775807}""", "time_left_ms")]
    [InlineData(User + ""","waited_ms":-1}""", "waited_ms")]
    [InlineData(User + ""","near_ties":[{"at":-1,"token":3}]}""", "near_ties")]
    [InlineData(User + ""","near_ties":[null]}""", "near_ties")]
    [InlineData(User + ""","prefix_pinned_messages":-1}""", "prefix_pinned_messages")]
    [InlineData(User + ""","logit_bias":{}}""", "logit_bias")]
    public async Task A_malformed_request_is_refused_by_the_parameters_name(string body, string parameter)
    {
        using var model = new GemmaChatClient(new ScriptedGenerator(ScriptedGenerator.Answer("x")));
        await using var door = await Door.Open(model);
        var (status, answer) = await Post(door, body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        var error = JsonDocument.Parse(answer).RootElement.GetProperty("error");
        Assert.Equal(("invalid_request_error", parameter), (error.GetProperty("type").GetString(), error.GetProperty("param").GetString()));
    }

    [Fact]
    public async Task Another_model_is_not_found()
    {
        using var model = new GemmaChatClient(new ScriptedGenerator());
        await using var door = await Door.Open(model);
        var (status, answer) = await Post(door, """{"model":"other","messages":[]}""");
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("model_not_found", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_busy_model_says_when_to_come_back()
    {
        using var model = new GemmaChatClient(new ScriptedGenerator { Failure = new ModelBusyException(TimeSpan.FromSeconds(2.2)) });
        await using var door = await Door.Open(model);
        using var response = await door.Http.PostAsync("v1/chat/completions", new StringContent(User + ",\"stream\":true}"), Token);
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(3, response.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
    }

    [Fact]
    public async Task A_stream_is_server_sent_events_as_openai_writes_them()
    {
        using var model = new GemmaChatClient(new ScriptedGenerator(ScriptedGenerator.Answer("a\n", "b")), new GemmaChatClientOptions { NewId = () => "1", TimeProvider = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000)) });
        await using var door = await Door.Open(model);
        var (status, answer) = await Post(door, User + ""","stream":true,"stream_options":{"include_usage":true},"user":"somebody"}""");
        Assert.Equal(HttpStatusCode.OK, status);
        const string Head = """data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1800000000,"model":"medgemma-test","choices":""";
        Assert.Equal(
            string.Join("\n\n",
                Head + """[{"index":0,"delta":{"role":"assistant","content":"a\n"}}]}""",
                Head + """[{"index":0,"delta":{"content":"b"}}]}""",
                Head + """[{"index":0,"delta":{},"finish_reason":"stop"}]}""",
                Head + """[],"usage":{"prompt_tokens":10,"completion_tokens":2,"total_tokens":12,"prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":0}}}""",
                "data: [DONE]", ""),
            answer);
    }

    [Theory]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"<unu\"}}]}\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"sed94>thought\\nhm<unused95>ok\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n", "hm", "ok")]
    [InlineData("data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"hm\"}}]}\n\n: keep-alive\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"ok\"}}]}\n\ndata: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n", "hm", "ok")]
    public async Task Other_servers_are_understood(string stream, string thought, string text)
    {
        await using var door = await Door.Open(app => app.MapPost("/v1/chat/completions", () => Results.Text(stream, "text/event-stream")));
        using var client = new OpenAiChatClient(door.Http, "gemma");
        var response = await client.GetStreamingResponseAsync([new(ChatRole.User, "x")], cancellationToken: Token).ToChatResponseAsync(Token);
        Assert.Equal((thought, text), (string.Concat(response.Messages[0].Contents.OfType<TextReasoningContent>().Select(content => content.Text)), response.Text));
    }

    [Fact]
    public async Task Arguments_of_a_call_are_put_together_from_their_pieces()
    {
        const string Stream = """
            data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"f","arguments":"{\"a\""}}]}}]}

            data: {"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":": 1}"}},{"index":1,"id":"c2","function":{"name":"g","arguments":"{"}}]}}]}

            data: {"choices":[{"delta":{},"finish_reason":"tool_calls"}]}


            """;
        await using var door = await Door.Open(app => app.MapPost("/v1/chat/completions", () => Results.Text(Stream, "text/event-stream")));
        using var client = new OpenAiChatClient(door.Http, "gemma");
        var response = await client.GetStreamingResponseAsync([new(ChatRole.User, "x")], cancellationToken: Token).ToChatResponseAsync(Token);
        var calls = response.Messages[0].Contents.OfType<FunctionCallContent>().ToList();
        Assert.Equal(["c1", "c2"], calls.Select(call => call.CallId));
        Assert.Equal("1", calls[0].Arguments!["a"]!.ToString());
        Assert.NotNull(calls[1].Exception);
    }

    [Theory]
    [InlineData(200, "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n", typeof(ModelLostException))]
    [InlineData(200, "data: <html>\n\n", typeof(ModelLostException))]
    [InlineData(502, "<html>", typeof(ModelLostException))]
    [InlineData(429, "", typeof(ModelBusyException))]
    [InlineData(400, """{"error":{"message":"the prompt was: secret","param":"messages"}}""", typeof(RequestRefusedException))]
    [InlineData(503, """{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}""", typeof(ModelLostException))]
    [InlineData(500, """{"error":{"code":500,"message":"secret","type":"server_error"}}""", typeof(ModelFailedException))]
    [InlineData(400, """{"object":"error","message":"secret","type":"BadRequestError","param":null,"code":400}""", typeof(RequestRefusedException))]
    [InlineData(400, """{"error":{"message":"secret","type":"BadRequestError","param":["messages",0],"code":400}}""", typeof(RequestRefusedException))]
    [InlineData(200, "data: {\"error\":{\"message\":\"secret\"}}\n\n", typeof(ModelFailedException))]
    [InlineData(200, "data: {\"error\":{\"code\":500,\"message\":\"secret\",\"type\":\"server_error\"}}\n\n", typeof(ModelFailedException))]
    public async Task Failures_of_other_servers_are_typed_and_their_words_left_out(int status, string body, Type expected)
    {
        await using var door = await Door.Open(app => app.MapPost("/v1/chat/completions", () => Results.Text(body, "text/event-stream", Encoding.UTF8, status)));
        using var client = new OpenAiChatClient(door.Http, "gemma");
        var failure = await Record.ExceptionAsync(() => client.GetStreamingResponseAsync([new(ChatRole.User, "x")], cancellationToken: Token).ToChatResponseAsync(Token));
        Assert.IsType(expected, failure);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_server_has_no_words_for_is_refused_and_hints_are_left_out()
    {
        string? sent = null;
        await using var door = await Door.Open(app => app.MapPost("/v1/chat/completions", async (HttpContext context) =>
        {
            sent = await new StreamReader(context.Request.Body).ReadToEndAsync(context.RequestAborted);
            return Results.Text("""{"choices":[{"message":{"role":"assistant","content":"ok"},"finish_reason":"stop"}]}""", "application/json");
        }));
        using var client = new OpenAiChatClient(door.Http, "gemma");
        await client.GetResponseAsync([new(ChatRole.User, "x")], new ChatOptions { Reasoning = new ReasoningOptions { Effort = ReasoningEffort.High } }.WithInference(new InferenceChatOptions { Prefix = new PrefixHint("s", 1), Priority = GenerationPriority.Batch, Deadline = DateTimeOffset.MaxValue }), Token);
        Assert.Equal("""{"model":"gemma","messages":[{"role":"user","content":"x"}],"stream":false,"temperature":0}""", sent);
        await Assert.ThrowsAsync<RequestRefusedException>(() => client.GetResponseAsync([new(ChatRole.User, "x")], new ChatOptions().WithInference(new InferenceChatOptions { Grammar = new Grammar("root ::= \"a\"") }), Token));
    }

    private static async Task<(HttpStatusCode Status, string Body)> Post(Door door, string body)
    {
        using var response = await door.Http.PostAsync("v1/chat/completions", new StringContent(body, Encoding.UTF8, "application/json"), Token);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Token));
    }
}
