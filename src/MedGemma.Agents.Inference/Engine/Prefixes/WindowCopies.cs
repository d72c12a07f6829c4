using MedGemma.Agents.Inference.Llama;

namespace MedGemma.Agents.Inference.Engine.Prefixes;

/// <summary>
/// Copies of what local layers hold, in main memory, for caches in which they keep only their window. Owned by the decode thread.
/// </summary>
/// <param name="memory">The engine's cache.</param>
/// <param name="window">Positions that a local layer sees.</param>
/// <param name="budget">Bytes that copies may take, one that is just made or dropped not counted.</param>
/// <param name="stub">The window of a sequence of one token.</param>
internal sealed class WindowCopies(LlamaMemory memory, int window, long budget, byte[] stub)
{
    private long _bytes;

    // A window is hundreds of megabytes: what is dropped serves the next copy, and does not wait for the collector beside it.
    private byte[]? _spare;

    /// <summary>Whether copies take more than they may.</summary>
    public bool IsOverBudget => _bytes > budget;

    /// <summary>Copies the window at the end of a sequence.</summary>
    public byte[] Copy(int sequence)
    {
        var copy = memory.Save(sequence, windowOnly: true, _spare);
        _spare = null;
        _bytes += copy.Length;
        return copy;
    }

    /// <summary>Takes note that a copy is dropped.</summary>
    public void Forget(byte[] copy)
    {
        _bytes -= copy.Length;
        _spare = copy;
    }

    /// <summary>Gives a sequence that shares its window a window of its own with the same content; false when the engine has no room.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="copy">Its window, where it is kept; otherwise it is copied.</param>
    /// <param name="length">The length of the sequence.</param>
    public bool Separate(int sequence, byte[]? copy, int length) => Restore(sequence, copy ?? (_spare = memory.Save(sequence, windowOnly: true, _spare)), length, length);

    /// <summary>
    /// Gives a sequence that shares the cells of a prefix the window at its end. From there it may go back by one token, because a window is one position longer than what
    /// the next token sees.
    /// </summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="copy">The window.</param>
    /// <param name="end">The length of the prefix that the window ends.</param>
    /// <param name="length">The length to start from: <paramref name="end"/> or one less.</param>
    /// <returns>Whether the engine has done it.</returns>
    public bool Restore(int sequence, byte[] copy, int end, int length)
    {
        if (!memory.Restore(sequence, copy, windowOnly: true))
            return false;
        if (length < end && !memory.Truncate(sequence, length))
            return false;

        var (first, last) = memory.Positions(sequence);
        return last == length - 1 && first <= Math.Max(0, end - window);
    }

    /// <summary>Takes the window from a sequence, which then serves only to hold the cells of global layers.</summary>
    public void Empty(int sequence)
    {
        if (!memory.Restore(sequence, stub, windowOnly: true))
            throw new InvalidOperationException("The engine could not take a window from a sequence.");
    }
}
