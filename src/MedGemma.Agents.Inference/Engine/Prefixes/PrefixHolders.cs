using MedGemma.Agents.Inference.Llama;

namespace MedGemma.Agents.Inference.Engine.Prefixes;

/// <summary>
/// The sequences that hold the cells of kept prefixes. The engine takes cells that local layers do not see any more from a sequence that has them alone; where all are to stay,
/// each holder is therefore two sequences, of which the first gives its number. Owned by the decode thread.
/// </summary>
internal sealed class PrefixHolders
{
    private readonly LlamaMemory _memory;
    private readonly int _sequencesEach;
    private readonly Stack<int> _free;

    /// <summary>Takes sequences for holders.</summary>
    /// <param name="memory">The engine's cache.</param>
    /// <param name="first">The first sequence.</param>
    /// <param name="sequences">How many there are from it on.</param>
    /// <param name="sequencesEach">Sequences of each holder.</param>
    public PrefixHolders(LlamaMemory memory, int first, int sequences, int sequencesEach)
    {
        _memory = memory;
        _sequencesEach = sequencesEach;
        _free = new Stack<int>(Enumerable.Range(0, sequences / sequencesEach).Reverse().Select(holder => first + (holder * sequencesEach)));
    }

    /// <summary>Whether there is a free one.</summary>
    public bool Any => _free.Count > 0;

    /// <summary>A free one.</summary>
    public int Take() => _free.Pop();

    /// <summary>Lets a holder share positions of a sequence or of another holder.</summary>
    public void Share(int source, int holder, int from, int to)
    {
        for (var twin = 0; twin < _sequencesEach; twin++)
            _memory.Share(source, holder + twin, from, to);
    }

    /// <summary>Lets a holder hold its first positions only.</summary>
    public void Cut(int holder, int length)
    {
        for (var twin = 0; twin < _sequencesEach; twin++)
            _memory.Cut(holder + twin, length);
    }

    /// <summary>Lets go of everything that a holder holds.</summary>
    public void Release(int holder)
    {
        for (var twin = 0; twin < _sequencesEach; twin++)
            _memory.Remove(holder + twin);

        _free.Push(holder);
    }
}
