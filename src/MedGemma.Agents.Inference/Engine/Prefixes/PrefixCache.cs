using MedGemma.Agents.Inference.Llama;

namespace MedGemma.Agents.Inference.Engine.Prefixes;

/// <summary>
/// Computed prefixes that later sequences may start from. Each leaf of the tree has a sequence of its own in the engine's cache, its holder, which shares the cells
/// of the path to it. Where local layers keep only their window, a holder has no window, and sequences can start only where a copy of one was kept.
/// Owned by the decode thread.
/// </summary>
internal sealed class PrefixCache
{
    private readonly PrefixTree _tree = new();
    private readonly LlamaMemory _memory;
    private readonly PrefixHolders _holders;
    private readonly Dictionary<int, PrefixNode> _leaves = [];
    private readonly WindowCopies? _windows;
    private readonly int _window;

    /// <summary>Creates an empty cache.</summary>
    /// <param name="memory">The engine's cache.</param>
    /// <param name="holders">The sequences that may be holders.</param>
    /// <param name="window">Positions that a local layer sees.</param>
    /// <param name="windows">Copies of windows; null where local layers keep all positions.</param>
    public PrefixCache(LlamaMemory memory, PrefixHolders holders, int window, WindowCopies? windows)
    {
        _memory = memory;
        _holders = holders;
        _window = window;
        _windows = windows;
    }

    /// <summary>Cells that kept prefixes take.</summary>
    public int Cells { get; private set; }

    /// <summary>How many of the keys a sequence could start from.</summary>
    public int Match(ReadOnlySpan<long> keys) => _windows is null ? _tree.Find(keys).Length : Copied(keys)?.End ?? 0;

    /// <summary>Lets an empty sequence start from what is kept of its keys, and protects that until <see cref="Leave"/>.</summary>
    /// <param name="sequence">The sequence's number.</param>
    /// <param name="keys">Its keys.</param>
    /// <param name="cut">Makes a length one that may be started from.</param>
    /// <param name="least">Shortest length worth it.</param>
    /// <param name="standing">A running sequence that is computed up to a length and has the same keys up to there; null for none.</param>
    /// <returns>What it shares, and whether it is in the window of a running sequence too, from which <see cref="OwnWindow"/> must free it.</returns>
    public (PrefixShare Share, bool InWindow) Attach(int sequence, ReadOnlySpan<long> keys, Func<int, int> cut, int least, Func<int, int?> standing)
    {
        var node = _windows is null ? _tree.Find(keys).Node : Copied(keys);
        var end = _windows is null ? _tree.Find(keys).Length : node?.End ?? 0;
        var length = cut(Math.Min(end, keys.Length - 1));
        if (node is null || length < least || (_windows is not null && length < end - 1))
            return (PrefixShare.Nothing, false);

        if (_windows is null)
            node = _tree.At(keys, length);

        // One window for all that begin together: attention then looks at its cells once, and not at a copy for each.
        var live = _windows is not null && length == end ? standing(length) : null;
        _memory.Share(live ?? node.AnyHolder(), sequence, 0, length);
        if (!(live is null && _windows is not null ? _windows.Restore(sequence, node.Window!, end, length) : IsWhole(sequence, length)))
        {
            _memory.Remove(sequence);
            return (PrefixShare.Nothing, false);
        }

        _tree.Touch(node);
        node.Users++;
        return (new PrefixShare(node, length), live is not null);
    }

    /// <summary>Gives a sequence that is in the window of another, or was, a window of its own; false when the engine has no room, and the sequence is then of no use.</summary>
    /// <param name="sequence">The sequence's number.</param>
    /// <param name="length">How much of it is computed.</param>
    /// <param name="share">What it shares.</param>
    public bool OwnWindow(int sequence, int length, PrefixShare share)
    {
        var kept = share.Node is { } node && node.End == length ? node.Window : null;
        return _windows!.Separate(sequence, kept, length);
    }

    /// <summary>Keeps the first <paramref name="length"/> computed tokens of a running sequence.</summary>
    /// <param name="sequence">The sequence's number.</param>
    /// <param name="keys">Its keys.</param>
    /// <param name="length">How many to keep; where windows are copied, all that are computed.</param>
    /// <param name="shared">What the sequence shares.</param>
    /// <returns>What it shares now, and how many of its own cells have become the cache's.</returns>
    public (PrefixShare Share, int Cells) Publish(int sequence, ReadOnlySpan<long> keys, int length, PrefixShare shared)
    {
        var (node, found) = _tree.Find(keys[..length]);
        if (found < length && !HaveHolder(node))
            return (shared, 0);

        var added = length - found;
        if (added > 0)
        {
            if (Extend(sequence, keys, found, length, shared.Length) is not { } leaf)
                return (shared, 0);

            node = leaf;
        }
        else if (node.End != length)
            node = node.Split(length);
        if (_windows is not null && node.Window is null)
        {
            node.Window = _windows.Copy(sequence);
            while (_windows.IsOverBudget && DropWindow(node))
            {
            }
        }

        _tree.Touch(node);
        node.Users++;
        Leave(shared);
        Cells += added;

        // Where another was first, the sequence keeps cells of its own for the same tokens, and shares no more than before.
        return (new PrefixShare(node, found == shared.Length ? length : shared.Length), added);
    }

    /// <summary>Ends what <see cref="Attach"/> or <see cref="Publish"/> began.</summary>
    public static void Leave(PrefixShare share)
    {
        if (share.Node is not null)
            share.Node.Users--;
    }

    /// <summary>Forgets the leaf that was used longest ago, the longer of equals; false when every leaf is in use.</summary>
    public bool EvictOne()
    {
        var leaf = _leaves.Values.Where(node => node.Users == 0).OrderBy(node => node.LastUse).ThenByDescending(node => node.Keys.Length).FirstOrDefault();
        if (leaf is null)
            return false;

        Evict(leaf);
        return true;
    }

    private PrefixNode? Copied(ReadOnlySpan<long> keys)
    {
        var (node, length) = _tree.Find(keys);
        var at = node;
        while (at is not null && (at.Window is null || at.End > length))
            at = at.Parent;

        return at;
    }

    // The holder of the new leaf shares the tree's cells as far as they go, and then those of the running sequence.
    private PrefixNode? Extend(int sequence, ReadOnlySpan<long> keys, int found, int length, int shared)
    {
        var parent = found == 0 ? _tree.Root : _tree.At(keys, found);
        var holder = _holders.Take();
        if (found > shared)
            _holders.Share(parent.AnyHolder(), holder, 0, found);

        _holders.Share(sequence, holder, found > shared ? found : 0, length);
        _windows?.Empty(holder);
        if (_windows is null && !IsWhole(holder, length))
        {
            _holders.Release(holder);
            return null;
        }

        if (parent.Holder != PrefixNode.None)
            Release(parent);

        var leaf = parent.Add(keys[found..length].ToArray());
        leaf.Holder = holder;
        _leaves[holder] = leaf;
        return leaf;
    }

    // The engine gives cells that a local layer of their only sequence does not see any more to others, even where it has room for all.
    private bool IsWhole(int sequence, int length)
    {
        var (first, last) = _memory.Positions(sequence);
        return last == length - 1 && first <= Math.Max(0, length - _window + 1);
    }

    private bool HaveHolder(PrefixNode wanted)
    {
        wanted.Users++;
        while (!_holders.Any && EvictOne())
        {
        }

        wanted.Users--;
        return _holders.Any;
    }

    private void Evict(PrefixNode leaf)
    {
        var parent = leaf.Parent!;
        leaf.Remove();
        Forget(leaf);
        Cells -= leaf.Keys.Length;
        if (!parent.IsLeaf || parent == _tree.Root)
        {
            Release(leaf);
            return;
        }

        // The parent is a leaf now, and takes the holder over.
        _holders.Cut(leaf.Holder, parent.End);
        parent.Holder = leaf.Holder;
        _leaves[parent.Holder] = parent;
        leaf.Holder = PrefixNode.None;
    }

    private bool DropWindow(PrefixNode kept)
    {
        var oldest = _leaves.Values.SelectMany(Path).Where(node => node.Window is not null && node != kept).MinBy(node => node.LastUse);
        if (oldest is null)
            return false;

        Forget(oldest);
        return true;
    }

    private void Forget(PrefixNode node)
    {
        if (node.Window is { } window)
            _windows!.Forget(window);

        node.Window = null;
    }

    private void Release(PrefixNode node)
    {
        _leaves.Remove(node.Holder);
        _holders.Release(node.Holder);
        node.Holder = PrefixNode.None;
    }

    private static IEnumerable<PrefixNode> Path(PrefixNode leaf)
    {
        for (var node = leaf; node is not null; node = node.Parent)
            yield return node;
    }
}
