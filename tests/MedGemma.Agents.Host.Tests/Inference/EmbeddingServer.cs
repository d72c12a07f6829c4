using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MedGemma.Agents.Host.Tests.Inference;

/// <summary>A server with <c>/v1/embeddings</c> in this process: one dimension for each set of words that mean the same.</summary>
internal sealed class EmbeddingServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<int> _batches = [];

    private EmbeddingServer(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    /// <summary>How many texts each request had.</summary>
    public IReadOnlyList<int> Batches
    {
        get
        {
            lock (_batches)
                return [.. _batches];
        }
    }

    /// <summary>Starts one that knows these sets of words, written <c>one|other</c>.</summary>
    public static Task<EmbeddingServer> StartAsync(params string[] meanings) => StartAsync(texts => Results.Json(new
    {
        data = texts.Select((text, index) => new
        {
            index,
            embedding = meanings.Select(words => words.Split('|').Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)) ? 1f : 0f).Append(0.1f),
        }),
    }));

    /// <summary>Starts one that answers so.</summary>
    public static async Task<EmbeddingServer> StartAsync(Func<IReadOnlyList<string>, IResult> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add($"http://{IPAddress.Loopback}:0");
        var server = new EmbeddingServer(app);
        app.MapPost("/v1/embeddings", async (HttpRequest request) =>
        {
            using var body = await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
            Assert.Equal("clinical-embedder", body.RootElement.GetProperty("model").GetString());
            var texts = body.RootElement.GetProperty("input").EnumerateArray().Select(text => text.GetString()!).ToList();
            lock (server._batches)
                server._batches.Add(texts.Count);
            return answer(texts);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
