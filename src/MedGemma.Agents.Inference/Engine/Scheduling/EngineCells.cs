using MedGemma.Agents.Inference.Engine.Prefixes;
using MedGemma.Agents.Inference.Llama;

namespace MedGemma.Agents.Inference.Engine.Scheduling;

/// <summary>Who holds the cells of the engine's cache, and the moves of sequences in and out of it. Owned by the decode thread.</summary>
internal sealed class EngineCells
{
    private readonly LlamaContext _context;
    private readonly PrefixCache _prefixes;
    private readonly bool _windowed;
    private readonly Stack<int> _freeSlots;
    private readonly int _shortestPrefix;
    private int _own;

    public EngineCells(LlamaContext context, LlamaGeneratorOptions options, PrefixCache prefixes)
    {
        _context = context;
        _prefixes = prefixes;
        _windowed = !options.FullWindow;
        _shortestPrefix = options.ShortestPrefix;
        Slots = options.Sequences;
        _freeSlots = new Stack<int>(Enumerable.Range(0, options.Sequences).Reverse());
    }

    /// <summary>Cells that only running sequences hold.</summary>
    public int Own => _own;

    /// <summary>Cells that kept prefixes hold.</summary>
    public int Kept => _prefixes.Cells;

    /// <summary>Sequences that can run at the same time.</summary>
    public int Slots { get; }

    public bool HasFreeSlot => _freeSlots.Count > 0;

    /// <summary>How many of a sequence's tokens are kept.</summary>
    public int Match(GenerationSequence sequence)
    {
        var match = Math.Min(_prefixes.Match(sequence.Keys), sequence.Length - 1);
        return match < _shortestPrefix ? 0 : sequence.Prompt.CutLength(match);
    }

    /// <summary>Makes room by forgetting kept prefixes; false when that is not enough.</summary>
    public bool MakeRoom(int cells)
    {
        while (_context.Cells - _own - _prefixes.Cells < cells)
        {
            if (!_prefixes.EvictOne())
                return false;
        }

        return true;
    }

    /// <summary>Forgets a kept prefix; false when there is none that nobody uses.</summary>
    public bool ForgetOne() => _prefixes.EvictOne();

    /// <summary>Gives a sequence a slot, and what is kept of its tokens.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="running">Those that run.</param>
    public void Enter(GenerationSequence sequence, List<GenerationSequence> running)
    {
        sequence.Slot = _freeSlots.Pop();
        (sequence.Share, var inWindow) = _prefixes.Attach(sequence.Slot, sequence.Keys, sequence.Prompt.CutLength, _shortestPrefix, StandingAt);
        sequence.BeganInWindowAt = inWindow ? sequence.Share.Length : null;
        sequence.Computed = sequence.Share.Length;
        sequence.OwnCells = 0;
        if (!sequence.HasRun)
            sequence.CachedTokens = Math.Min(sequence.Computed, sequence.Prompt.Tokens.Length);

        if (sequence.Prompt.PinnedLength >= _shortestPrefix)
            sequence.PublishAt(sequence.Prompt.PinnedLength);
        if (sequence.Keepable >= sequence.Prompt.Tokens.Length)
            sequence.PublishAt(sequence.Prompt.Tokens.Length);

        int? StandingAt(int length) =>
            running.Find(other => other.Computed == length && other.BeganInWindowAt is null && other.Keys[..length].SequenceEqual(sequence.Keys[..length]))?.Slot;
    }

    /// <summary>Takes note that more of a sequence is computed.</summary>
    public void Advance(GenerationSequence sequence, int count)
    {
        sequence.Computed += count;
        sequence.OwnCells += count;
        _own += count;
    }

    /// <summary>Keeps what was to be kept of a sequence once that much is computed.</summary>
    public void KeepReached(GenerationSequence sequence)
    {
        foreach (var length in sequence.TakeReached())
            Keep(sequence, length);
    }

    /// <summary>
    /// Gives a sequence that began in the window of another one of its own once it has moved on: the engine takes no cell back that two sequences hold, however far behind.
    /// </summary>
    /// <returns>False when there is no room for it; the sequence must then begin again.</returns>
    public bool OwnWindow(GenerationSequence sequence)
    {
        if (!(sequence.BeganInWindowAt < sequence.Computed))
            return true;

        sequence.BeganInWindowAt = null;
        return _prefixes.OwnWindow(sequence.Slot, sequence.Computed, sequence.Share);
    }

    /// <summary>Takes a sequence out, and keeps what others or it may need of it later.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="keep">So many tokens may be kept.</param>
    public void Leave(GenerationSequence sequence, int keep)
    {
        var length = Math.Min(keep, sequence.Computed);
        if (length >= _shortestPrefix && length > sequence.Share.Length && sequence.Prompt.CutLength(length) == length)
            Keep(sequence, length);

        PrefixCache.Leave(sequence.Share);
        _context.Memory.Remove(sequence.Slot);
        _freeSlots.Push(sequence.Slot);
        _own -= sequence.OwnCells;
        sequence.Slot = GenerationSequence.NoSlot;
        sequence.Share = PrefixShare.Nothing;
        sequence.BeganInWindowAt = null;
        sequence.OwnCells = 0;
        sequence.Computed = 0;
    }

    /// <summary>
    /// Keeps the first <paramref name="length"/> tokens of a running sequence. Where local layers keep their window only, that can be done only while the sequence stands there.
    /// </summary>
    public void Keep(GenerationSequence sequence, int length)
    {
        if (_windowed && length != sequence.Computed)
            return;

        (sequence.Share, var cells) = _prefixes.Publish(sequence.Slot, sequence.Keys, length, sequence.Share);
        sequence.OwnCells -= cells;
        _own -= cells;
    }
}
