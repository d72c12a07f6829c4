using MedGemma.Agents.Inference.Chat.Failures;

namespace MedGemma.Agents.Inference.Chat.Generation;

/// <summary>
/// What the chat layer asks of an engine: tokens for a prompt. Implementations are safe for concurrent calls; each call is one sequence.
/// </summary>
public interface ITextGenerator
{
    /// <summary>What is loaded.</summary>
    GeneratorInfo Info { get; }

    /// <summary>
    /// Generates one continuation. The stream is one <see cref="GenerationEvent.Started"/>, any number of <see cref="GenerationEvent.Token"/> and one
    /// <see cref="GenerationEvent.Finished"/>, or only the last where the deadline passes before the prompt is read. Leaving the enumeration early, or cancelling it, ends the sequence and frees what it held.
    /// </summary>
    /// <param name="request">The request; not changed, and not to be changed before the stream ends.</param>
    /// <param name="cancellationToken">Ends this sequence between two steps; others go on.</param>
    /// <exception cref="ContextOverflowException">Prompt and requested tokens do not fit; before the first event.</exception>
    /// <exception cref="ModelBusyException">The queue is full; before the first event.</exception>
    /// <exception cref="RequestRefusedException">The engine cannot do what is asked; before the first event.</exception>
    /// <exception cref="ModelLostException">The engine is gone; at any time.</exception>
    IAsyncEnumerable<GenerationEvent> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default);
}
