using System.Runtime.CompilerServices;
using System.Text;
using MedGemma.Agents.Inference.Chat.Generation;

namespace MedGemma.Agents.Host.Tests.Inference;

/// <summary>Answers its requests one after the other with the given texts, each once it is let go.</summary>
internal sealed class HeldModel(params string[] texts) : ITextGenerator
{
    private readonly TaskCompletionSource[] _held = [.. texts.Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))];
    private int _asked;

    public GeneratorInfo Info { get; } = new("planner", 100_000);

    /// <summary>Lets an answer go, now or when it is asked for.</summary>
    /// <param name="request">Number of the request, from 0.</param>
    public void Release(int request) => _held[request].TrySetResult();

    public async IAsyncEnumerable<GenerationEvent> GenerateAsync(GenerationRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var number = Interlocked.Increment(ref _asked) - 1;
        await _held[number].Task.WaitAsync(cancellationToken);
        yield return new GenerationEvent.Started(100, 0);
        yield return new GenerationEvent.Token(7, Encoding.UTF8.GetBytes(texts[number]));
        yield return new GenerationEvent.Finished(GenerationEnd.EndOfTurn);
    }
}
