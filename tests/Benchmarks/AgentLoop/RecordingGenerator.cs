using MedGemma.Agents.Inference.Chat.Generation;

namespace MedGemma.Benchmarks.AgentLoop;

/// <summary>Keeps what an engine is asked.</summary>
/// <param name="engine">The engine.</param>
internal sealed class RecordingGenerator(ITextGenerator engine) : ITextGenerator
{
    public GeneratorInfo Info => engine.Info;

    /// <summary>The requests so far.</summary>
    public List<GenerationRequest> Requests { get; } = [];

    public IAsyncEnumerable<GenerationEvent> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default)
    {
        Requests.Add(request);
        return engine.GenerateAsync(request, cancellationToken);
    }
}
