using System.Runtime.CompilerServices;
using System.Text;
using MedGemma.Agents.Inference.Chat.Generation;

namespace MedGemma.Agents.Inference.Tests.Chat;

/// <summary>A generator that plays a script, and keeps what it was asked.</summary>
internal sealed class ScriptedGenerator(params IReadOnlyList<GenerationEvent> script) : ITextGenerator
{
    public GeneratorInfo Info { get; init; } = new("medgemma-test", 4096) { Images = true, Thinking = true, Adapters = ["radiology"] };

    public List<GenerationRequest> Requests { get; } = [];

    public Exception? Failure { get; init; }

    /// <summary>Waited for after the script, before the end.</summary>
    public Task Hold { get; init; } = Task.CompletedTask;

    public int Given { get; private set; }

    public TaskCompletionSource Left { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static IReadOnlyList<GenerationEvent> Answer(params IEnumerable<object> tokens) =>
        [new GenerationEvent.Started(10, 4), .. tokens.Select(Token), new GenerationEvent.Finished(GenerationEnd.EndOfTurn)];

    public async IAsyncEnumerable<GenerationEvent> GenerateAsync(GenerationRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Requests.Add(request);
        try
        {
            foreach (var step in script)
            {
                await Task.Yield();
                cancellationToken.ThrowIfCancellationRequested();
                if (step is GenerationEvent.Finished)
                    await Hold.WaitAsync(cancellationToken);

                Given++;
                yield return step;
            }

            if (Failure is not null)
                throw Failure;
        }
        finally
        {
            Left.TrySetResult();
        }
    }

    private static GenerationEvent Token(object token) => token switch
    {
        ControlToken control => new GenerationEvent.Token((int)control, default, control),
        byte[] bytes => new GenerationEvent.Token(7, bytes),
        _ => new GenerationEvent.Token(7, Encoding.UTF8.GetBytes((string)token)),
    };
}
