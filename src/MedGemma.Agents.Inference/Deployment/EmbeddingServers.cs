using MedGemma.Agents.Inference.OpenAi.Client;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Inference.Deployment;

/// <summary>Opens servers that make embeddings.</summary>
public static class EmbeddingServers
{
    /// <summary>Opens a server; embeddings that were made before are kept in memory, under hashes of their texts, and made once.</summary>
    /// <param name="section">The section that configures it, for messages.</param>
    /// <param name="server">Its checked address.</param>
    /// <param name="model">The model's name there.</param>
    /// <param name="apiKeyFile">File of the key that it asks for, or null.</param>
    /// <param name="authority">PEM file of the authority that signed its certificate, or null.</param>
    /// <param name="batchSize">Most texts of one request.</param>
    /// <param name="cacheBytes">Memory for embeddings, 0 for none.</param>
    /// <exception cref="OptionsValidationException">A file does not hold what it should, or the address is no server's.</exception>
    public static IEmbeddingGenerator<string, Embedding<float>> Open(string section, string server, string model, string? apiKeyFile, string? authority, int batchSize, long cacheBytes)
    {
        var connection = Read(server, out var problem) switch
        {
            ReplicaAddress.Socket socket => OpenAiConnection.OverUnixSocket(socket.Path),
            ReplicaAddress.Server other => ReplicaCredentials.Connect(section, new ModelOptions { ApiKeyFile = apiKeyFile, Authority = authority }, other.Base),
            _ => throw new OptionsValidationException(Options.DefaultName, typeof(string), [$"{section}: {problem}"]),
        };
        IEmbeddingGenerator<string, Embedding<float>> generator = new OpenAiEmbeddingGenerator(connection, model, batchSize);
        return cacheBytes == 0 ? generator : generator.AsBuilder()
            .UseDistributedCache(new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions { SizeLimit = cacheBytes })))
            .Build();
    }

    /// <summary>What is wrong with the address of a server, for the operator; null when nothing is.</summary>
    /// <param name="server">What is configured.</param>
    public static string? FindProblem(string server) => Read(server, out var problem) is null ? problem : null;

    private static ReplicaAddress? Read(string server, out string? problem)
    {
        if (!ReplicaAddress.TryParse(server, out var address, out problem) || address is not ReplicaAddress.Devices)
            return address;

        problem = $"'{server}' is no server; give https://host:port, http://127.0.0.1:port or unix:/path";
        return null;
    }
}
