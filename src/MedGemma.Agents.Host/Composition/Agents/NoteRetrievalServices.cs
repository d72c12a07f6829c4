using MedGemma.Agents.Inference.Deployment;
using MedGemma.Agents.Planning.Notes.Retrieval;
using MedGemma.Agents.Records.Concepts;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace MedGemma.Agents.Host.Composition.Agents;

/// <summary>Registers how passages of notes are found: by their words, and by their meaning where a server of embeddings is configured.</summary>
internal static class NoteRetrievalServices
{
    private const string Notes = "notes";

    /// <summary>Adds it. Needs the planner's options and the vocabulary.</summary>
    public static IServiceCollection AddNoteRetrieval(this IServiceCollection services)
    {
        services.AddKeyedSingleton(Notes, (provider, _) =>
        {
            var options = provider.GetRequiredService<IOptions<PlannerOptions>>().Value.Embeddings;
            return EmbeddingServers.Open(EmbeddingOptions.Section, options.Server!, options.Model, options.ApiKeyFile, options.Authority, options.BatchSize, options.CacheBytes);
        });
        services.AddSingleton<INoteRetriever>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<PlannerOptions>>().Value.Embeddings;
            var byWords = new Bm25NoteRetriever(provider.GetRequiredService<ConceptVocabulary>());
            if (string.IsNullOrEmpty(options.Server))
                return byWords;

            var embeddings = provider.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>(Notes);
            return new FusedNoteRetriever(
                [byWords, new EmbeddingNoteRetriever(embeddings, options.ToRetrieval(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<EmbeddingNoteRetriever>>())]);
        });
        return services;
    }
}
