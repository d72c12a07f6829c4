using MedGemma.Agents.Inference.Chat;
using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Engine;
using MedGemma.Agents.Inference.Llama;
using MedGemma.Agents.Inference.Models;
using MedGemma.Agents.Inference.Tests.Engine;
using MedGemma.Agents.Inference.Tests.Models;
using MedGemma.Agents.Inference.Vision;
using MedGemma.Agents.TinyModels;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using SkiaSharp;

namespace MedGemma.Agents.Inference.Tests.Vision;

/// <summary>From an encoded image and a question to text, through the real tower and the real engine on tiny files.</summary>
public sealed class ImageGenerationTests : IAsyncLifetime
{
    private readonly ModelFolder _folder = new();
    private GemmaImageEncoder _encoder = null!;
    private LlamaGenerator _generator = null!;

    public async ValueTask InitializeAsync()
    {
        var file = Assert.IsType<ModelFileResult<VisionFile>.Accepted>(ModelFileReader.ReadVision(_folder.Write(TinyVision.Create(VisionShape.Tiny)))).File;
        _encoder = new(VisionTower.Load(LlamaRuntime.Start(NullLogger.Instance), file, 1));
        var options = TinyEngine.Options();
        options.ContextLength = 4096;
        options.Cells = null;
        _generator = await TinyEngine.LoadAsync(options, images: _encoder);
    }

    public async ValueTask DisposeAsync()
    {
        await _generator.DisposeAsync();
        _encoder.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_is_written_depends_on_the_image_and_on_nothing_else()
    {
        var first = await AskAsync(Image(SKColors.Red, SKColors.Black));
        var other = await AskAsync(Image(SKColors.Blue, SKColors.White));

        Assert.NotEqual(first.Text, other.Text);
        Assert.Equal(first.Text, (await AskAsync(Image(SKColors.Red, SKColors.Black))).Text);
    }

    [Fact]
    public async Task An_image_counts_as_its_soft_tokens()
    {
        var image = await AskAsync(Image(SKColors.Red, SKColors.Black));
        var twice = await AskAsync(Image(SKColors.Red, SKColors.Black), Image(SKColors.Blue, SKColors.White));

        // Four soft tokens, a token before and one after, and two newlines on each side, of which those between two images are one token.
        Assert.InRange(twice.Usage!.InputTokenCount!.Value - image.Usage!.InputTokenCount!.Value, 7, 8);
    }

    [Fact]
    public async Task Data_that_are_no_image_are_refused()
    {
        var refusal = await Assert.ThrowsAsync<RequestRefusedException>(() => AskAsync(new byte[] { 1, 2, 3, 4 }));

        Assert.Equal(("messages", "An image cannot be read: it is neither PNG nor JPEG."), (refusal.Parameter, refusal.Message));
    }

    private static byte[] Image(SKColor colour, SKColor other)
    {
        using var bitmap = new SKBitmap(48, 32);
        for (var x = 0; x < 48; x++)
        {
            for (var y = 0; y < 32; y++)
                bitmap.SetPixel(x, y, (x / 8) + (y / 8) is var square && square % 2 == 0 ? colour : other);
        }

        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private async Task<ChatResponse> AskAsync(params byte[][] images)
    {
        using var client = new GemmaChatClient(_generator);
        return await client.GetResponseAsync(
            [new ChatMessage(ChatRole.User, [.. images.Select(image => new DataContent(image, "image/png")), new TextContent("What is it?")])],
            new ChatOptions { MaxOutputTokens = 12 },
            TestContext.Current.CancellationToken);
    }
}
