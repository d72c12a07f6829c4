using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using MedGemma.Agents.Inference.Chat;
using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Engine;
using MedGemma.Agents.Inference.Llama;
using MedGemma.Agents.Inference.Models;
using MedGemma.Agents.Inference.OpenAi.Serving;
using MedGemma.Agents.Inference.Pool;
using MedGemma.Agents.Inference.Tests.Models;
using MedGemma.Agents.Inference.Tests.OpenAi;
using MedGemma.Agents.Inference.Vision;
using MedGemma.Agents.TinyModels;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;

namespace MedGemma.Agents.Inference.Tests.Engine;

/// <summary>
/// Everything at once on the way that requests really take: through the pool and a Unix socket to the real engine and the real vision tower. People and jobs ask in words, in JSON, with
/// thoughts and with images, and many of them hang up. <c>MEDGEMMA_SOAK</c> makes ten minutes of the usual seconds, or <c>MEDGEMMA_SOAK_MINUTES</c>.
/// </summary>
[Collection(WholeMachine.Name)]
public sealed class ServedLoadTests : IAsyncLifetime
{
    private const string Model = "served-load";
    private const int Clients = 64;
    private const int Slots = 8;
    private const int ContextLength = 512;

    // One red pixel.
    private const string RedPng = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC";

    private static readonly bool Soak = Environment.GetEnvironmentVariable("MEDGEMMA_SOAK") is not null;
    private static readonly TimeSpan Load = Soak
        ? TimeSpan.FromMinutes(double.Parse(Environment.GetEnvironmentVariable("MEDGEMMA_SOAK_MINUTES") ?? "10", CultureInfo.InvariantCulture))
        : TimeSpan.FromSeconds(3);

    private static readonly JsonElement Schema = JsonElement.Parse("""{"type":"object","properties":{"unit":{"enum":["mg","g"]},"value":{"type":"integer","minimum":0,"maximum":99}},"required":["unit","value"]}""");
    private static readonly byte[] Image = Convert.FromBase64String(RedPng);

    private readonly ModelFolder _folder = new();
    private readonly ConcurrentDictionary<(Asked Kind, string End), int> _ends = new();
    private GemmaImageEncoder _encoder = null!;
    private LlamaGenerator _engine = null!;
    private Door _door = null!;
    private ServerReplica _replica = null!;
    private ModelPool _pool = null!;

    private enum Asked
    {
        Words,
        Json,
        Thought,
        Image,
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var tower = Assert.IsType<ModelFileResult<VisionFile>.Accepted>(ModelFileReader.ReadVision(_folder.Write(TinyVision.Create(VisionShape.Tiny)))).File;
        _encoder = new GemmaImageEncoder(VisionTower.Load(LlamaRuntime.Start(NullLogger.Instance), tower, 1));
        var options = TinyEngine.Options();
        (options.Name, options.Sequences, options.ContextLength, options.Cells) = (Model, Slots, ContextLength, Slots * ContextLength);
        _engine = await TinyEngine.LoadAsync(options, images: _encoder);
        _door = await Door.Open(app => app.MapOpenAi(() => [new ServedModel(_engine.Info, new GemmaChatClient(_engine))]), overSocket: true);
        _replica = new ServerReplica(_door.Http, Model, TimeProvider.System);
        _pool = new ModelPool(Model, [new ModelReplica("socket", _replica, _replica, Slots)], new ModelPoolOptions(), TimeProvider.System, NullLogger<ModelPool>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await _pool.DisposeAsync();
        _replica.Dispose();
        await _door.DisposeAsync();
        await _engine.DisposeAsync();
        _encoder.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Whoever_hangs_up_leaves_nothing_behind_and_every_other_answer_is_whole()
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        end.CancelAfter(Load);
        var memory = new List<long>();
        var clients = Enumerable.Range(0, Clients).Select(i => Task.Run(() => AskOnAsync(new Random(i), isPerson: i % 8 == 0, end.Token), Stop)).ToList();
        while (!end.IsCancellationRequested)
        {
            await Task.Delay(Load / 60, TimeProvider.System, CancellationToken.None);
            GC.Collect();
            memory.Add(Environment.WorkingSet);
        }

        await Task.WhenAll(clients).WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System, Stop);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Load}: {string.Join(", ", _ends.OrderBy(end => end.Key).Select(end => $"{end.Key.Kind} {end.Key.End} {end.Value}"))}");
        TestContext.Current.TestOutputHelper?.WriteLine($"memory MiB {string.Join(' ', memory.Select(bytes => bytes >> 20))}");
        Assert.All(Enum.GetValues<Asked>(), kind => Assert.True(_ends.Where(end => end.Key.Kind == kind && end.Key.End is "stop" or "length").Sum(end => end.Value) > 0, $"{kind} was never answered"));
        Assert.True(_ends.Where(end => end.Key.End == "left").Sum(end => end.Value) > 10, "Hardly anybody hung up.");

        // Every place of the pool and every cell of the engine is free again: requests that need all of them at once get them.
        var replica = Assert.Single(_pool.Replicas);
        Assert.Equal((0, true), (replica.Running, replica.IsUp));
        var whole = await Task.WhenAll(Enumerable.Range(0, Slots).Select(i => _pool.GetResponseAsync($"{i}?", new ChatOptions { MaxOutputTokens = ContextLength - 64 }, Stop)));
        Assert.All(whole, response => Assert.True(response.Usage!.OutputTokenCount > 0));
        await _pool.GetResponseAsync("Last?", new ChatOptions { MaxOutputTokens = 2 }, Stop);
        Assert.InRange(UsedCells.Of(Model)["sequence"], 0, 64);
        if (Soak)
            Assert.True(Median(memory[^12..]) < (Median(memory[12..24]) * 1.02) + (8 << 20), "memory grew");
    }

    private static long Median(IReadOnlyList<long> values) => values.Order().ElementAt(values.Count / 2);

    private async Task AskOnAsync(Random random, bool isPerson, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            var kind = (Asked)random.Next(4);
            var how = await AskAsync(random, kind, isPerson);
            _ends.AddOrUpdate((kind, how), 1, (_, count) => count + 1);
            if (how == "busy")
                await Task.Delay(5, CancellationToken.None);
        }
    }

    // How it ended; what is none of the ends there may be fails the test.
    private async Task<string> AskAsync(Random random, Asked kind, bool isPerson)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        if (random.Next(4) == 0)
            patience.CancelAfter(random.Next(1, 200));

        var leaveAfter = random.Next(4) == 0 ? random.Next(1, 6) : int.MaxValue;
        var question = new TextContent(new string((char)('a' + random.Next(26)), random.Next(1, 120)));
        var options = new ChatOptions
        {
            MaxOutputTokens = random.Next(1, 50),
            Temperature = random.Next(2),
            ResponseFormat = kind == Asked.Json ? ChatResponseFormat.ForJsonSchema(Schema) : null,
            Reasoning = kind == Asked.Thought ? new ReasoningOptions { Effort = ReasoningEffort.Low } : null,
        }.WithInference(new InferenceChatOptions
        {
            Priority = isPerson ? GenerationPriority.Interactive : GenerationPriority.Batch,
            Prefix = random.Next(2) == 0 ? new PrefixHint($"patient {random.Next(20)}") : PrefixHint.None,
            MaxThinkingTokens = 20,
        });
        var updates = new List<ChatResponseUpdate>();
        try
        {
            ChatMessage[] messages = [new(ChatRole.User, kind == Asked.Image ? [new DataContent(Image, "image/png"), question] : [question])];
            await foreach (var update in _pool.GetStreamingResponseAsync(messages, options, patience.Token))
            {
                updates.Add(update);
                if (updates.Count >= leaveAfter)
                    return "left";
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return "left";
        }
        catch (ModelBusyException)
        {
            return "busy";
        }

        var response = updates.ToChatResponse();
        if (kind == Asked.Json && response.FinishReason == ChatFinishReason.Stop)
            Assert.InRange(JsonElement.Parse(response.Text).GetProperty("value").GetInt32(), 0, 99);

        Assert.NotNull(response.Usage);
        return response.FinishReason!.Value.Value;
    }
}
