namespace MedGemma.Agents.Inference.Grammars.Gbnf;

/// <summary>Finds rules that come back to themselves without having read a character, which llama.cpp cannot follow.</summary>
internal static class GbnfLeftRecursion
{
    /// <returns>The problem, or null.</returns>
    public static string? Find(GbnfTextRules rules)
    {
        var empty = Empty(rules);
        if (rules.Rules.Any(rule => rule.Any(option => option.Any(item => item.Endless && item.Rule is { } called && empty[called]))))
            return "something that may be empty is repeated without end";

        var before = rules.Rules.Select(rule => rule.SelectMany(option => Leftmost(option, empty)).ToHashSet()).ToList();
        var done = new bool[before.Count];
        for (var start = 0; start < before.Count; start++)
        {
            if (!done[start] && Circles(start, before, done))
                return "a rule begins with itself (left recursion)";
        }

        return null;
    }

    /// <summary>The rules that can read nothing.</summary>
    private static bool[] Empty(GbnfTextRules rules)
    {
        var empty = new bool[rules.Rules.Count];
        for (var changed = true; changed;)
        {
            changed = false;
            for (var i = 0; i < empty.Length; i++)
            {
                if (empty[i] || !rules.Rules[i].Any(option => option.All(item => IsEmpty(item, empty))))
                    continue;

                empty[i] = true;
                changed = true;
            }
        }

        return empty;
    }

    private static bool IsEmpty(GbnfTextRules.Item item, bool[] empty) => item.MayBeEmpty || (item.Rule is { } called && empty[called]);

    private static IEnumerable<int> Leftmost(IReadOnlyList<GbnfTextRules.Item> option, bool[] empty)
    {
        foreach (var item in option)
        {
            if (item.Rule is { } called)
                yield return called;
            if (!IsEmpty(item, empty))
                yield break;
        }
    }

    // By hand and not by recursion: a chain of rules from outside may be long.
    private static bool Circles(int start, List<HashSet<int>> before, bool[] done)
    {
        var path = new Stack<(int Rule, IEnumerator<int> Next)>();
        var onPath = new HashSet<int> { start };
        path.Push((start, before[start].GetEnumerator()));
        while (path.TryPeek(out var top))
        {
            if (!top.Next.MoveNext())
            {
                path.Pop();
                onPath.Remove(top.Rule);
                done[top.Rule] = true;
            }
            else if (onPath.Contains(top.Next.Current))
            {
                return true;
            }
            else if (!done[top.Next.Current])
            {
                onPath.Add(top.Next.Current);
                path.Push((top.Next.Current, before[top.Next.Current].GetEnumerator()));
            }
        }

        return false;
    }
}
