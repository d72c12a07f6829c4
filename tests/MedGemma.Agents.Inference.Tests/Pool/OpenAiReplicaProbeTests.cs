using System.Text;
using MedGemma.Agents.Inference.Chat;
using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.OpenAi.Serving;
using MedGemma.Agents.Inference.Pool;
using MedGemma.Agents.Inference.Tests.OpenAi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace MedGemma.Agents.Inference.Tests.Pool;

public sealed class OpenAiReplicaProbeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, ReplicaCapabilities.JsonSchema | ReplicaCapabilities.Tools | ReplicaCapabilities.Images)]
    [InlineData(false, ReplicaCapabilities.JsonSchema | ReplicaCapabilities.Tools)]
    public async Task What_a_server_can_do_is_tried_out(bool images, ReplicaCapabilities expected)
    {
        using var model = new GemmaChatClient(new Obedient(images));
        await using var door = await Door.Open(model);
        var probe = new OpenAiReplicaProbe(door.Client, "medgemma-test");
        await probe.CheckAsync(Token);
        Assert.Equal(expected, await probe.ProbeAsync(Token));
        await Assert.ThrowsAsync<ModelLostException>(() => new OpenAiReplicaProbe(door.Client, "other").CheckAsync(Token));
    }

    [Fact]
    public async Task A_server_that_takes_no_notice_can_do_nothing()
    {
        await using var door = await Door.Open(app =>
        {
            app.MapGet("/v1/models", () => Results.Text("""{"object":"list","data":[{"id":"medgemma-test"}]}""", "application/json"));
            app.MapPost("/v1/chat/completions", async (HttpContext context) =>
            {
                var body = await new StreamReader(context.Request.Body).ReadToEndAsync(context.RequestAborted);
                return body.Contains("image_url", StringComparison.Ordinal)
                    ? Results.Text("""{"error":{"message":"no images"}}""", "application/json", Encoding.UTF8, 400)
                    : Results.Text("""{"choices":[{"message":{"role":"assistant","content":"Hello!"},"finish_reason":"stop"}]}""", "application/json");
            });
        });
        Assert.Equal(ReplicaCapabilities.None, await new OpenAiReplicaProbe(door.Client, "medgemma-test").ProbeAsync(Token));
    }

    [Theory]
    [InlineData("image_url", """{"error":{"code":500,"message":"image input is not supported - hint: if this is unexpected, you may need to provide the mmproj","type":"server_error"}}""", ReplicaCapabilities.JsonSchema | ReplicaCapabilities.Tools)]
    [InlineData("\"tools\"", """{"error":{"code":500,"message":"tools param requires --jinja flag","type":"server_error"}}""", ReplicaCapabilities.JsonSchema | ReplicaCapabilities.Images)]
    [InlineData("image_url", """{"error":{"message":"this model does not take images","type":"api_error","param":null,"code":null}}""", ReplicaCapabilities.JsonSchema | ReplicaCapabilities.Tools)]
    public async Task A_server_that_answers_500_to_what_it_cannot_do_is_up_without_it(string asked, string error, ReplicaCapabilities expected)
    {
        using var model = new GemmaChatClient(new Obedient(images: true));
        await using var door = await Door.Open(app =>
        {
            app.Use(async (context, next) =>
            {
                context.Request.EnableBuffering();
                var body = await new StreamReader(context.Request.Body).ReadToEndAsync(context.RequestAborted);
                context.Request.Body.Position = 0;
                if (!body.Contains(asked, StringComparison.Ordinal))
                {
                    await next(context);
                    return;
                }

                context.Response.StatusCode = 500;
                await context.Response.WriteAsync(error, context.RequestAborted);
            });
            app.MapOpenAi(() => [new ServedModel(new GeneratorInfo("medgemma-test", 4096), model)]);
        });
        Assert.Equal(expected, await new OpenAiReplicaProbe(door.Client, "medgemma-test").ProbeAsync(Token));
    }

    [Fact]
    public async Task A_server_that_fails_at_everything_is_not_up()
    {
        await using var door = await Door.Open(app =>
        {
            app.MapGet("/v1/models", () => Results.Text("""{"object":"list","data":[{"id":"medgemma-test"}]}""", "application/json"));
            app.MapPost("/v1/chat/completions", () => Results.Text("""{"error":{"code":500,"message":"broken"}}""", "application/json", Encoding.UTF8, 500));
        });
        await Assert.ThrowsAsync<ModelFailedException>(() => new OpenAiReplicaProbe(door.Client, "medgemma-test").ProbeAsync(Token));
    }

    /// <summary>Writes what the grammar asks for.</summary>
    private sealed class Obedient(bool images) : ITextGenerator
    {
        public GeneratorInfo Info { get; } = new("medgemma-test", 4096) { Images = images };

        public async IAsyncEnumerable<GenerationEvent> GenerateAsync(GenerationRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            yield return new GenerationEvent.Started(1, 0);
            var machine = request.Grammar is { } grammar ? new Grammars.GbnfSampler(new Grammars.GbnfMachine(grammar.Gbnf)) : null;
            yield return new GenerationEvent.Token(1, Encoding.UTF8.GetBytes(machine?.Sample(new Random(1), 50) ?? "Hello."));
            yield return new GenerationEvent.Finished(GenerationEnd.EndOfTurn);
        }
    }
}
