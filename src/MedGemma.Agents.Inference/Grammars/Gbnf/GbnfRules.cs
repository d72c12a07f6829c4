namespace MedGemma.Agents.Inference.Grammars.Gbnf;

/// <summary>The rules of one grammar.</summary>
internal sealed class GbnfRules
{
    public const string Root = "root";

    /// <summary>
    /// llama.cpp refuses a repetition of 2,000 and more, and takes a maximum above that for none at all (<c>MAX_REPETITION_THRESHOLD</c> in
    /// llama-grammar.cpp), so longer ones are written out as rules.
    /// </summary>
    private const int LongestRepetition = 1000;

    private readonly OrderedDictionary<string, GbnfNode> _rules = new(StringComparer.Ordinal);

    private int _helpers;

    public IReadOnlyDictionary<string, GbnfNode> All => _rules;

    public bool Contains(string name) => _rules.ContainsKey(name);

    public GbnfNode Define(string name, GbnfNode body)
    {
        _rules.Add(name, body);
        return GbnfNode.Reference(name);
    }

    /// <summary>Takes a name whose body follows by <see cref="Complete"/>; until then it accepts nothing.</summary>
    public GbnfNode Reserve(string name) => Define(name, GbnfNode.Nothing);

    public void Complete(string name, GbnfNode body) => _rules[name] = body;

    /// <summary>Gives an expression a rule of its own, so that it can be used several times without being written several times.</summary>
    public GbnfNode Share(GbnfNode body) =>
        body is GbnfNode.Rule or GbnfNode.Characters ? body : Define($"x{++_helpers}", body);

    /// <summary>The item from <paramref name="minimum"/> to <paramref name="maximum"/> times.</summary>
    public GbnfNode Repeat(GbnfNode item, int minimum, int? maximum)
    {
        if (maximum < minimum)
            return GbnfNode.Nothing;
        if (maximum == 0)
            return GbnfNode.Empty;
        if (minimum == 1 && maximum == 1)
            return item;
        if (minimum == 0 && maximum is null or 1)
            return new GbnfNode.Repeat(item, 0, maximum);

        // Of an atom llama.cpp makes as many rules as there are repetitions; of a group, as many times more as the group has rules.
        var atom = Share(item);
        if (maximum is null)
            return GbnfNode.Sequence(Exactly(atom, minimum), GbnfNode.Any(atom));
        if (maximum <= LongestRepetition)
            return new GbnfNode.Repeat(atom, minimum, maximum);

        return GbnfNode.Sequence(Exactly(atom, minimum), UpTo(atom, maximum.Value - minimum));
    }

    /// <summary>Takes away every alternative that no text can complete.</summary>
    /// <returns>False when that leaves nothing of the root.</returns>
    public bool Prune()
    {
        var users = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (name, body) in _rules)
        {
            foreach (var used in References(body))
            {
                if (!users.TryGetValue(used, out var names))
                    users[used] = names = [];

                names.Add(name);
            }
        }

        var alive = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>(_rules.Keys);
        while (open.TryDequeue(out var name))
        {
            if (alive.Contains(name) || Alive(_rules[name], alive) is null)
                continue;

            alive.Add(name);
            foreach (var user in users.GetValueOrDefault(name, []))
                open.Enqueue(user);
        }

        foreach (var name in _rules.Keys.ToList())
        {
            if (Alive(_rules[name], alive) is { } body)
                _rules[name] = body;
            else
                _rules.Remove(name);
        }

        return _rules.ContainsKey(Root);
    }

    /// <summary>The rules that an expression names, with repetitions.</summary>
    public static IEnumerable<string> References(GbnfNode node) => node switch
    {
        GbnfNode.Rule(var name) => [name],
        GbnfNode.Series(var items) => items.SelectMany(References),
        GbnfNode.Either(var options) => options.SelectMany(References),
        GbnfNode.Repeat(var item, _, _) => References(item),
        _ => [],
    };

    private static GbnfNode? Alive(GbnfNode node, HashSet<string> alive) => node switch
    {
        GbnfNode.Rule(var name) => alive.Contains(name) ? node : null,
        GbnfNode.Series(var items) => items.Select(item => Alive(item, alive)).ToList() is var kept && kept.Contains(null) ? null : GbnfNode.Sequence([.. kept.OfType<GbnfNode>()]),
        GbnfNode.Either(var options) => options.Select(option => Alive(option, alive)).OfType<GbnfNode>().ToList() is { Count: > 0 } left ? GbnfNode.Choice(left) : null,
        GbnfNode.Repeat(var item, var minimum, var maximum) => Alive(item, alive) is { } body ? new GbnfNode.Repeat(body, minimum, maximum) : minimum == 0 ? GbnfNode.Empty : null,
        _ => node,
    };

    private static GbnfNode Exactly(GbnfNode atom, int times)
    {
        var parts = new List<GbnfNode>();
        for (var left = times; left > 0; left -= LongestRepetition)
            parts.Add(left == 1 ? atom : new GbnfNode.Repeat(atom, Math.Min(left, LongestRepetition), Math.Min(left, LongestRepetition)));

        return GbnfNode.Sequence(parts);
    }

    private GbnfNode UpTo(GbnfNode atom, int times)
    {
        if (times <= LongestRepetition)
            return new GbnfNode.Repeat(atom, 0, times);

        var tail = Share(new GbnfNode.Repeat(atom, 0, LongestRepetition));
        for (var i = LongestRepetition; i < times; i++)
            tail = Share(GbnfNode.Optional(GbnfNode.Sequence(atom, tail)));

        return tail;
    }
}
