namespace MedGemma.Agents.Inference.Engine.Prefixes;

/// <summary>A run of kept tokens in the tree of prefixes. Its cells are held by the sequence of a leaf below it, or its own.</summary>
internal sealed class PrefixNode(PrefixNode? parent, long[] keys, int start)
{
    /// <summary>No sequence.</summary>
    public const int None = -1;

    /// <summary>The node before it; null for the root.</summary>
    public PrefixNode? Parent { get; private set; } = parent;

    /// <summary>Its tokens.</summary>
    public long[] Keys { get; private set; } = keys;

    /// <summary>The position of its first token.</summary>
    public int Start { get; private set; } = start;

    /// <summary>The position after its last token.</summary>
    public int End => Start + Keys.Length;

    /// <summary>What follows, by first token.</summary>
    public Dictionary<long, PrefixNode> Children { get; } = [];

    /// <summary>The sequence that holds the path to a leaf; <see cref="None"/> for others.</summary>
    public int Holder { get; set; } = None;

    /// <summary>The window of local layers at the end of this node; null where none was kept.</summary>
    public byte[]? Window { get; set; }

    /// <summary>Running sequences that share the path up to here.</summary>
    public int Users { get; set; }

    /// <summary>When it was last used, counted in uses.</summary>
    public long LastUse { get; set; }

    /// <summary>Whether nothing follows.</summary>
    public bool IsLeaf => Children.Count == 0;

    /// <summary>Adds what follows.</summary>
    public PrefixNode Add(long[] keys)
    {
        var child = new PrefixNode(this, keys, End) { LastUse = LastUse };
        Children.Add(keys[0], child);
        return child;
    }

    /// <summary>Cuts the node in two at a position within it, and gives the new first part.</summary>
    public PrefixNode Split(int position)
    {
        var length = position - Start;
        var first = new PrefixNode(Parent, Keys[..length], Start) { LastUse = LastUse };
        Parent!.Children[Keys[0]] = first;
        (Parent, Keys, Start) = (first, Keys[length..], position);
        first.Children.Add(Keys[0], this);
        return first;
    }

    /// <summary>Takes a leaf out of the tree.</summary>
    public void Remove() => Parent!.Children.Remove(Keys[0]);

    /// <summary>The holder of some leaf below, or its own.</summary>
    public int AnyHolder()
    {
        var node = this;
        while (node.Holder == None)
            node = node.Children.Values.First();

        return node.Holder;
    }
}
