using MedGemma.Agents.Host.Commands;
using MedGemma.Agents.Host.Inference;
using MedGemma.Agents.Inference.Chat;
using MedGemma.Agents.Inference.OpenAi.Client;
using MedGemma.Agents.Inference.OpenAi.Serving;
using MedGemma.Agents.TinyModels;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace MedGemma.Agents.Host.Tests.Inference;

/// <summary>Images through the OpenAI API to the real tower and engine on tiny files.</summary>
public sealed class ImageInferenceTests : IDisposable
{
    // One red pixel.
    private const string RedPng = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC";

    private readonly string _folder = Directory.CreateTempSubdirectory("medgemma-image-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_image_in_a_chat_is_seen()
    {
        var socket = Path.Combine(_folder, "imaging.sock");
        var settings = Settings(TinyVision.Write(Path.Combine(_folder, "mmproj.gguf"))) with { Listen = "unix:" + socket };
        await using var loaded = await ModelLoader.LoadAsync(settings, NullLoggerFactory.Instance);
        Assert.True(loaded.Generator.Info.Images);
        await using var app = InferenceHost.Build(settings, new ConfigurationBuilder().Build(), () => [new ServedModel(loaded.Generator.Info, new GemmaChatClient(loaded.Generator))]);
        await app.StartAsync(Stop);
        using var http = OpenAiConnection.OverUnixSocket(socket);
        using var client = new OpenAiChatClient(http, "imaging", new OpenAiChatClientOptions { SpeaksExtensions = true });

        var blind = await AskAsync(client);
        var seen = await AskAsync(client, new DataContent(Convert.FromBase64String(RedPng), "image/png"));

        Assert.Equal(TinyModel.Reply, seen.Text);
        Assert.InRange(seen.Usage!.InputTokenCount!.Value - blind.Usage!.InputTokenCount!.Value, 4 + 2, 4 + 5);
    }

    [Fact]
    public async Task A_vision_file_of_another_model_is_refused_in_one_line()
    {
        var vision = TinyVision.Write(Path.Combine(_folder, "mmproj.gguf"), VisionShape.Tiny with { Projection = 96 });

        var refused = await Assert.ThrowsAsync<CommandRefusedException>(() => ModelLoader.LoadAsync(Settings(vision), NullLoggerFactory.Instance));

        Assert.Equal($"inference: {vision}: it projects images to a width of 96, {TinyModel.Answering} has 64; it was made for another model", refused.Message);
    }

    [Fact]
    public async Task A_model_that_does_not_fit_into_memory_is_refused_before_it_is_loaded()
    {
        var path = TinyGemma.Write(Path.Combine(_folder, "wide.gguf"), new() { Shape = GemmaShape.Tiny with { KeyValueHeads = 4, HeadDimension = 1024, Layers = 64, ContextLength = 1 << 24 }, Holes = true });

        var refused = await Assert.ThrowsAsync<CommandRefusedException>(() => ModelLoader.LoadAsync(Settings(null) with { Path = path, ContextLength = 1 << 20, Slots = 16 }, NullLoggerFactory.Instance));

        Assert.Contains("GiB are free", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static InferenceSettings Settings(string? vision) =>
        new() { Name = "imaging", Path = TinyModel.Answering, VisionPath = vision, Devices = "cpu", ContextLength = 512, Slots = 2, Threads = 1 };

    private static Task<ChatResponse> AskAsync(OpenAiChatClient client, params AIContent[] images) =>
        client.GetResponseAsync([new ChatMessage(ChatRole.User, [.. images, new TextContent("What is it?")])], cancellationToken: Stop);
}
