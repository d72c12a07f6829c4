using MedGemma.Agents.Inference.Models.Identity;

namespace MedGemma.Agents.Inference.Chat.Generation;

/// <summary>What a generator has loaded.</summary>
/// <param name="Model">The model's name, as answers and <c>/v1/models</c> give it.</param>
/// <param name="ContextLength">Most tokens of prompt and output of one sequence together.</param>
public sealed record GeneratorInfo(string Model, int ContextLength)
{
    /// <value>Whether prompts may hold images. Default: false.</value>
    public bool Images { get; init; }

    /// <value>Whether the model was trained to think before it answers (MedGemma 27B, and 4B from 1.5 on). Default: false.</value>
    public bool Thinking { get; init; }

    /// <value>Names of the LoRA adapters that a request may ask for. Default: none.</value>
    public IReadOnlyList<string> Adapters { get; init; } = [];

    /// <value>The files that were loaded, as far as they are known by now. Default: none, nothing is known of them.</value>
    public IReadOnlyList<ModelFileHash> Files { get; init; } = [];
}
