namespace MedGemma.Agents.Inference.Grammars.Gbnf;

/// <summary>An expression of a GBNF grammar.</summary>
internal abstract record GbnfNode
{
    private GbnfNode()
    {
    }

    /// <summary>Accepts the empty text.</summary>
    public static GbnfNode Empty { get; } = new Series([]);

    /// <summary>Accepts nothing.</summary>
    public static GbnfNode Nothing { get; } = new Either([]);

    public static GbnfNode Text(string text) => text.Length == 0 ? Empty : new Literal(text);

    public static GbnfNode Of(CodePointSet set) => set.IsEmpty ? Nothing : new Characters(set);

    public static GbnfNode Reference(string rule) => new Rule(rule);

    public static GbnfNode Sequence(params IReadOnlyList<GbnfNode> items)
    {
        var flat = new List<GbnfNode>();
        foreach (var item in items)
        {
            if (item is Series series)
                flat.AddRange(series.Items);
            else if (item is Literal { Value: var text } && flat is [.., Literal { Value: var before }])
                flat[^1] = new Literal(before + text);
            else
                flat.Add(item);
        }

        return flat.Count == 1 ? flat[0] : new Series(flat);
    }

    public static GbnfNode Choice(params IReadOnlyList<GbnfNode> options)
    {
        var flat = options.SelectMany(option => option is Either either ? either.Options : [option]).ToList();
        return flat.Count == 1 ? flat[0] : new Either(flat);
    }

    public static GbnfNode Optional(GbnfNode item) => new Repeat(item, 0, 1);

    /// <summary>Any number of times; the item must not accept the empty text, which llama.cpp takes for left recursion.</summary>
    public static GbnfNode Any(GbnfNode item) => new Repeat(item, 0, null);

    public sealed record Literal(string Value) : GbnfNode;

    public sealed record Characters(CodePointSet Set) : GbnfNode;

    public sealed record Rule(string Name) : GbnfNode;

    public sealed record Series(IReadOnlyList<GbnfNode> Items) : GbnfNode;

    public sealed record Either(IReadOnlyList<GbnfNode> Options) : GbnfNode;

    public sealed record Repeat(GbnfNode Item, int Minimum, int? Maximum) : GbnfNode;
}
