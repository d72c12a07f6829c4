namespace MedGemma.Agents.Inference.Engine.Prefixes;

/// <summary>
/// A radix tree of kept token sequences. A key is a token with the number of the scope that may share it, so that equal tokens of two scopes are different keys.
/// Not safe for concurrent calls.
/// </summary>
internal sealed class PrefixTree
{
    private long _uses;

    /// <summary>The empty prefix.</summary>
    public PrefixNode Root { get; } = new(null, [], 0);

    /// <summary>The node that holds the last key that agrees, and how many agree.</summary>
    public (PrefixNode Node, int Length) Find(ReadOnlySpan<long> keys)
    {
        var node = Root;
        var length = 0;
        while (length < keys.Length && node.Children.TryGetValue(keys[length], out var child))
        {
            var common = keys[length..].CommonPrefixLength(child.Keys);
            length += common;
            node = child;
            if (common < child.Keys.Length)
                break;
        }

        return (node, length);
    }

    /// <summary>The node on the path of <paramref name="keys"/> that ends at <paramref name="length"/>, made by cutting one where there is none.</summary>
    public PrefixNode At(ReadOnlySpan<long> keys, int length)
    {
        var (node, found) = Find(keys[..length]);
        if (found != length)
            throw new InvalidOperationException($"The tree holds {found} of {length} keys.");

        return node.End == length ? node : node.Split(length);
    }

    /// <summary>Takes note that a node, and with it all before it, is used.</summary>
    public void Touch(PrefixNode node)
    {
        _uses++;
        for (var at = node; at is not null; at = at.Parent)
            at.LastUse = _uses;
    }
}
