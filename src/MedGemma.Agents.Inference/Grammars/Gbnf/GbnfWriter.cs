using System.Globalization;
using System.Text;

namespace MedGemma.Agents.Inference.Grammars.Gbnf;

/// <summary>Writes rules as GBNF text: the root first, then what it reaches, in the order of definition.</summary>
internal static class GbnfWriter
{
    public static string Write(GbnfRules rules)
    {
        var reached = Reached(rules);
        var text = new StringBuilder();
        WriteRule(text, GbnfRules.Root, rules.All[GbnfRules.Root]);
        foreach (var (name, body) in rules.All)
        {
            if (name != GbnfRules.Root && reached.Contains(name))
                WriteRule(text, name, body);
        }

        return text.ToString();
    }

    private static HashSet<string> Reached(GbnfRules rules)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal) { GbnfRules.Root };
        var open = new Stack<string>(reached);
        while (open.TryPop(out var rule))
        {
            foreach (var name in GbnfRules.References(rules.All[rule]).Where(reached.Add))
                open.Push(name);
        }

        return reached;
    }

    private static void WriteRule(StringBuilder text, string name, GbnfNode body)
    {
        text.Append(name).Append(" ::= ");
        Write(text, body);
        text.Append('\n');
    }

    private static void Write(StringBuilder text, GbnfNode node)
    {
        switch (node)
        {
            case GbnfNode.Literal(var value):
                text.Append('"');
                foreach (var rune in value.EnumerateRunes())
                    WriteInLiteral(text, rune.Value);
                text.Append('"');
                break;
            case GbnfNode.Characters(var set):
                WriteClass(text, set);
                break;
            case GbnfNode.Rule(var name):
                text.Append(name);
                break;
            case GbnfNode.Series({ Count: 0 }):
                text.Append("\"\"");
                break;
            case GbnfNode.Series(var items):
                WriteAll(text, items, " ", item => item is GbnfNode.Either);
                break;
            case GbnfNode.Either(var options):
                WriteAll(text, options, " | ", _ => false);
                break;
            case GbnfNode.Repeat(var item, var minimum, var maximum):
                WriteGrouped(text, item, item is GbnfNode.Series or GbnfNode.Either or GbnfNode.Repeat);
                text.Append(Times(minimum, maximum));
                break;
        }
    }

    private static void WriteAll(StringBuilder text, IReadOnlyList<GbnfNode> nodes, string separator, Func<GbnfNode, bool> grouped)
    {
        for (var i = 0; i < nodes.Count; i++)
        {
            if (i > 0)
                text.Append(separator);

            WriteGrouped(text, nodes[i], grouped(nodes[i]));
        }
    }

    private static void WriteGrouped(StringBuilder text, GbnfNode node, bool grouped)
    {
        if (grouped)
            text.Append('(');

        Write(text, node);
        if (grouped)
            text.Append(')');
    }

    private static string Times(int minimum, int? maximum) => (minimum, maximum) switch
    {
        (0, null) => "*",
        (0, 1) => "?",
        (_, null) => string.Create(CultureInfo.InvariantCulture, $"{{{minimum},}}"),
        _ when minimum == maximum => string.Create(CultureInfo.InvariantCulture, $"{{{minimum}}}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{{{minimum},{maximum}}}"),
    };

    private static void WriteClass(StringBuilder text, CodePointSet set)
    {
        text.Append('[');
        foreach (var (first, last) in set.Ranges)
        {
            WriteInClass(text, first);
            if (last > first + 1)
                text.Append('-');
            if (last > first)
                WriteInClass(text, last);
        }

        text.Append(']');
    }

    // Letters and digits apart, every character of a class is escaped: what a bare one means depends on where it stands.
    private static void WriteInClass(StringBuilder text, int point)
    {
        if (point < 0x80 && char.IsAsciiLetterOrDigit((char)point))
            text.Append((char)point);
        else
            WriteEscaped(text, point);
    }

    private static void WriteInLiteral(StringBuilder text, int point)
    {
        if (point is '"' or '\\')
            text.Append('\\').Append((char)point);
        else if (point is >= 0x20 and < 0x7F)
            text.Append((char)point);
        else
            WriteEscaped(text, point);
    }

    private static void WriteEscaped(StringBuilder text, int point) =>
        text.Append(point < 0x80 ? $"\\x{point:X2}" : point <= 0xFFFF ? $"\\u{point:X4}" : $"\\U{point:X8}");
}
