using MedGemma.Agents.Inference.Llama.Interop;

namespace MedGemma.Agents.Inference.Llama;

/// <summary>
/// The key and value cache of a context, by sequence. The engine answers yes to copies and removals that it has not done when local layers have forgotten
/// positions; so positions are looked at after each. Owned by the context's thread.
/// </summary>
public sealed unsafe class LlamaMemory
{
    private const int Open = -1;

    private readonly LlamaContext _context;
    private readonly nint _memory;

    internal LlamaMemory(LlamaContext context)
    {
        _context = context;
        _memory = MemoryApi.Of(context);
    }

    /// <summary>The first position that local layers still hold, and the last one; both -1 for an empty sequence.</summary>
    public (int First, int Last) Positions(int sequence) => (MemoryApi.FirstPosition(Handle, sequence), MemoryApi.LastPosition(Handle, sequence));

    /// <summary>Removes every sequence.</summary>
    public void Clear() => MemoryApi.Clear(Handle, data: false);

    /// <summary>Removes a sequence from a position on; whether that left the sequence ending just before it.</summary>
    public bool Truncate(int sequence, int length)
    {
        var removed = MemoryApi.Remove(Handle, sequence, length, Open);
        return removed && MemoryApi.LastPosition(Handle, sequence) == length - 1;
    }

    /// <summary>Removes a sequence.</summary>
    public void Remove(int sequence)
    {
        if (!MemoryApi.Remove(Handle, sequence, Open, Open) || MemoryApi.LastPosition(Handle, sequence) != -1)
            throw new InvalidOperationException($"The engine did not remove sequence {sequence}.");
    }

    /// <summary>Lets a sequence share positions of another: those from <paramref name="from"/> up to before <paramref name="to"/>, as far as the other has them.</summary>
    public void Share(int source, int target, int from, int to) => MemoryApi.Copy(Handle, source, target, from, to);

    /// <summary>Removes a sequence from a position on, without looking at what is left: for sequences whose window is not that of their end.</summary>
    public void Cut(int sequence, int length) => MemoryApi.Remove(Handle, sequence, length, Open);

    /// <summary>The state of a sequence: all of it, or only what local layers hold.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="windowOnly">Whether only what local layers hold is wanted.</param>
    /// <param name="spare">An array that is overwritten and given back where it has the right length; null for a new one.</param>
    public byte[] Save(int sequence, bool windowOnly, byte[]? spare = null)
    {
        var size = MemoryApi.StateSize(_context, sequence, windowOnly ? 1u : 0u);
        var state = spare is not null && (nuint)spare.Length == size ? spare : GC.AllocateUninitializedArray<byte>(checked((int)size));
        fixed (byte* target = state)
        {
            var written = MemoryApi.SaveState(_context, target, size, sequence, windowOnly ? 1u : 0u);
            return written == size ? state : throw new LlamaException($"The engine saved {written} of {size} bytes of sequence {sequence}");
        }
    }

    /// <summary>Puts a saved state into a sequence, which is empty or, when only the window was saved, has the rest; false when there is no room, and then it is empty.</summary>
    public bool Restore(int sequence, ReadOnlySpan<byte> state, bool windowOnly)
    {
        fixed (byte* source = state)
            return MemoryApi.RestoreState(_context, source, (nuint)state.Length, sequence, windowOnly ? 1u : 0u) == (nuint)state.Length;
    }

    private nint Handle => _context.IsClosed ? throw new ObjectDisposedException(nameof(LlamaContext)) : _memory;
}
