using System.Text.Json.Serialization;

namespace MedGemma.Agents.Inference.OpenAi.Protocol;

/// <summary>The protocol's JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CompletionRequest))]
[JsonSerializable(typeof(Completion))]
[JsonSerializable(typeof(ErrorEnvelope))]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(EmbeddingRequest))]
[JsonSerializable(typeof(EmbeddingList))]
[JsonSerializable(typeof(IReadOnlyList<ContentPart>))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(Dictionary<string, object>))]
[JsonSerializable(typeof(NamedToolChoice))]
internal sealed partial class ProtocolJson : JsonSerializerContext;

/// <summary>The one function that must be called.</summary>
internal sealed record NamedToolChoice(string? Type, FunctionDeclaration? Function);
