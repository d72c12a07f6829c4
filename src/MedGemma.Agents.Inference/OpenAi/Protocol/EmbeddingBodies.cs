namespace MedGemma.Agents.Inference.OpenAi.Protocol;

/// <summary>The body of <c>POST /v1/embeddings</c>.</summary>
internal sealed record EmbeddingRequest(string Model, IReadOnlyList<string> Input, string EncodingFormat);

/// <summary>Its answer.</summary>
internal sealed record EmbeddingList(IReadOnlyList<EmbeddingEntry>? Data);

/// <summary>The embedding of one input.</summary>
/// <param name="Index">Which input, from 0.</param>
/// <param name="Embedding">Its vector.</param>
internal sealed record EmbeddingEntry(int Index, IReadOnlyList<float>? Embedding);
