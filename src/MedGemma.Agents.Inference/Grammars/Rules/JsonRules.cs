using MedGemma.Agents.Inference.Grammars.Gbnf;

namespace MedGemma.Agents.Inference.Grammars.Rules;

/// <summary>The rules of JSON itself, defined when first used.</summary>
internal sealed class JsonRules(GbnfRules rules)
{
    private static readonly CodePointSet Controls = CodePointSet.Range(0, 0x1F);

    private static readonly CodePointSet Quoted = CodePointSet.Of('"', '\\');

    private static readonly CodePointSet Hexadecimal = CodePointSet.Union(CodePointSet.Range('0', '9'), CodePointSet.Range('a', 'f'), CodePointSet.Range('A', 'F'));

    /// <summary>Characters that stand in a JSON string as themselves.</summary>
    public static CodePointSet Plain { get; } = CodePointSet.All.Except(CodePointSet.Union(Controls, Quoted));

    public static CodePointSet Digits { get; } = CodePointSet.Range('0', '9');

    public static GbnfNode Quote { get; } = GbnfNode.Text("\"");

    /// <summary>The one white space that may be written.</summary>
    public static GbnfNode Space { get; } = GbnfNode.Optional(GbnfNode.Text(" "));

    /// <summary>Between members and items.</summary>
    public static GbnfNode Separator { get; } = GbnfNode.Sequence(GbnfNode.Text(","), Space);

    /// <summary>One character of a string, written as itself or escaped.</summary>
    public GbnfNode Character => Named("char", () => GbnfNode.Choice(
        GbnfNode.Of(Plain),
        GbnfNode.Sequence(
            GbnfNode.Text("\\"),
            GbnfNode.Choice(
                GbnfNode.Of(CodePointSet.Of('"', '\\', 'b', 'f', 'n', 'r', 't')),
                GbnfNode.Sequence(
                    GbnfNode.Text("u00"),
                    GbnfNode.Choice(
                        GbnfNode.Sequence(GbnfNode.Text("0"), GbnfNode.Of(Hexadecimal.Except(CodePointSet.Of('0')))),
                        GbnfNode.Sequence(GbnfNode.Text("1"), GbnfNode.Of(Hexadecimal))))))));

    public GbnfNode String => Named("string", () => GbnfNode.Sequence(Quote, GbnfNode.Any(Character), Quote));

    public GbnfNode Number => Named("number", () => GbnfNode.Sequence(
        GbnfNode.Optional(GbnfNode.Text("-")),
        GbnfNode.Choice(GbnfNode.Text("0"), GbnfNode.Sequence(GbnfNode.Of(CodePointSet.Range('1', '9')), rules.Repeat(GbnfNode.Of(Digits), 0, 15))),
        GbnfNode.Optional(GbnfNode.Sequence(GbnfNode.Text("."), rules.Repeat(GbnfNode.Of(Digits), 1, 15))),
        GbnfNode.Optional(GbnfNode.Sequence(GbnfNode.Of(CodePointSet.Of('e', 'E')), GbnfNode.Optional(GbnfNode.Of(CodePointSet.Of('+', '-'))), rules.Repeat(GbnfNode.Of(Digits), 1, 2)))));

    public GbnfNode Value => Named("value", () => GbnfNode.Choice(
        Object, Array, String, Number, GbnfNode.Text("true"), GbnfNode.Text("false"), GbnfNode.Text("null")));

    public GbnfNode Object => Named("object", () =>
    {
        var member = GbnfNode.Sequence(String, GbnfNode.Text(":"), Space, Value);
        return GbnfNode.Sequence(GbnfNode.Text("{"), List(rules.Share(member), 0, null), GbnfNode.Text("}"));
    });

    public GbnfNode Array => Named("array", () =>
        GbnfNode.Sequence(GbnfNode.Text("["), List(Value, 0, null), GbnfNode.Text("]")));

    /// <summary>Items with separators between them.</summary>
    public GbnfNode List(GbnfNode item, int minimum, int? maximum)
    {
        if (maximum == 0)
            return minimum == 0 ? GbnfNode.Empty : GbnfNode.Nothing;

        var some = GbnfNode.Sequence(item, rules.Repeat(GbnfNode.Sequence(Separator, item), Math.Max(minimum - 1, 0), maximum - 1));
        return minimum == 0 ? GbnfNode.Optional(some) : some;
    }

    /// <summary>A string's characters of a set, as JSON writes them.</summary>
    public static GbnfNode Characters(CodePointSet set)
    {
        var plain = GbnfNode.Of(set.Intersect(Plain));
        var escaped = set.Except(Plain).Ranges.SelectMany(range => Enumerable.Range(range.First, range.Last - range.First + 1)).Select(point => GbnfNode.Text(JsonText.Of(point)));
        return GbnfNode.Choice([plain, .. escaped]);
    }

    // A rule that uses itself is defined before what it uses is: the name stands first.
    private GbnfNode Named(string name, Func<GbnfNode> body)
    {
        if (!rules.Contains(name))
        {
            rules.Reserve(name);
            rules.Complete(name, body());
        }

        return GbnfNode.Reference(name);
    }
}
