using System.Net.Http.Headers;
using System.Numerics.Tensors;
using System.Text.Json;
using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.OpenAi.Protocol;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Inference.OpenAi.Client;

/// <summary>
/// Embeddings of any server with OpenAI's <c>/v1/embeddings</c>: llama-server, vLLM, Ollama, text-embeddings-inference. Safe for concurrent calls. Fails with one of the
/// <see cref="InferenceException"/>s, tries nothing twice, and never gives fewer vectors than texts.
/// </summary>
/// <param name="http">The connection, with the server's base address (ending in <c>/</c>, without <c>v1</c>); disposed with this.</param>
/// <param name="model">The model's name at the server.</param>
/// <param name="batchSize">Most texts of one request.</param>
public sealed class OpenAiEmbeddingGenerator(HttpClient http, string model, int batchSize = 64) : IEmbeddingGenerator<string, Embedding<float>>
{
    private const string Path = "v1/embeddings";

    private static readonly OpenAiChatClientOptions s_others = new();

    /// <inheritdoc/>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var made = new GeneratedEmbeddings<Embedding<float>>();
        foreach (var batch in values.Chunk(batchSize))
        {
            foreach (var vector in await AskAsync(batch, cancellationToken).ConfigureAwait(false))
                made.Add(new Embedding<float>(vector) { ModelId = model });
        }

        // Vectors of several lengths are of several models, and no distance is between them.
        return made.Select(embedding => embedding.Vector.Length).Distinct().Count() <= 1 ? made : throw Wrong();
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("openai", http.BaseAddress, model)
            : null;
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private async Task<float[][]> AskAsync(string[] texts, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new EmbeddingRequest(model, texts, "float"), ProtocolJson.Default.EmbeddingRequest));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = content };
        try
        {
            using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var body = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? Vectors(JsonSerializer.Deserialize(body, ProtocolJson.Default.EmbeddingList), texts.Length) : throw ErrorReader.Failure(response, body, s_others);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException || (broken is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ModelLostException("The server cannot be reached.", broken);
        }
        catch (JsonException malformed)
        {
            throw new ModelLostException("The server's answer is not the JSON expected.", malformed);
        }
    }

    private static float[][] Vectors(EmbeddingList? list, int count)
    {
        var vectors = new float[]?[count];
        foreach (var entry in list?.Data ?? [])
        {
            if (entry.Index < 0 || entry.Index >= count || vectors[entry.Index] is not null || entry.Embedding is not { Count: > 0 } embedding)
                throw Wrong();

            float[] vector = [.. embedding];
            if (!float.IsFinite(TensorPrimitives.Norm<float>(vector)))
                throw Wrong();
            vectors[entry.Index] = vector;
        }

        return [.. vectors.Select(vector => vector ?? throw Wrong())];
    }

    private static ModelFailedException Wrong() => new("The server's embeddings are not one vector of numbers for each text.");
}
