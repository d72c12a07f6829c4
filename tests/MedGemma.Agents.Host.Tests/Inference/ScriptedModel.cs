using System.Runtime.CompilerServices;
using System.Text;
using MedGemma.Agents.Inference.Chat.Generation;

namespace MedGemma.Agents.Host.Tests.Inference;

/// <summary>Answers everything with the same words, and keeps what it was asked.</summary>
internal sealed class ScriptedModel(params string[] words) : ITextGenerator
{
    public GeneratorInfo Info { get; } = new("planner", 4096);

    public List<GenerationRequest> Requests { get; } = [];

    public async IAsyncEnumerable<GenerationEvent> GenerateAsync(GenerationRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        lock (Requests)
            Requests.Add(request);

        await Task.Yield();
        yield return new GenerationEvent.Started(12, 5);
        foreach (var word in words)
            yield return new GenerationEvent.Token(7, Encoding.UTF8.GetBytes(word));

        yield return new GenerationEvent.Finished(GenerationEnd.EndOfTurn);
    }
}
