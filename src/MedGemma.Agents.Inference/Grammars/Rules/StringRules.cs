using System.Globalization;
using MedGemma.Agents.Inference.Grammars.Gbnf;
using MedGemma.Agents.Inference.Grammars.Schemas;

namespace MedGemma.Agents.Inference.Grammars.Rules;

/// <summary>Strings: by length, by pattern or by format. Lengths count code points.</summary>
internal sealed class StringRules(GbnfRules rules, JsonRules json, RefusalList refusals)
{
    public GbnfNode Of(SchemaConjunction schemas)
    {
        var minimum = schemas.Nodes.Max(node => node.MinLength);
        var maximum = schemas.Nodes.Min(node => node.MaxLength);
        var patterned = schemas.Nodes.Where(node => node.Pattern is not null).DistinctBy(node => node.Pattern, StringComparer.Ordinal).ToList();
        var formatted = schemas.Nodes.Where(node => node.Format is not null).DistinctBy(node => node.Format, StringComparer.Ordinal).ToList();
        if (patterned.Count + formatted.Count > 1)
        {
            var (node, keyword) = formatted.Count > 0 ? (formatted[^1], "format") : (patterned[^1], "pattern");
            refusals.Add(node.Pointer, keyword, "one pattern or format for a string is supported, not several together");
            return GbnfNode.Nothing;
        }

        if (patterned is [var only])
            return Patterned(only, minimum, maximum);
        if (formatted is [var dated])
            return Formatted(dated, minimum, maximum);
        if (minimum == 0 && maximum is null)
            return json.String;

        return GbnfNode.Sequence(JsonRules.Quote, rules.Repeat(json.Character, minimum, maximum), JsonRules.Quote);
    }

    private GbnfNode Patterned(SchemaNode node, int minimum, int? maximum)
    {
        if (!PatternParser.TryParse(node.Pattern!, rules, out var piece, out var problem))
        {
            refusals.Add(node.Pointer, "pattern", problem);
            return GbnfNode.Nothing;
        }

        CheckLength(node, "pattern", piece.Shortest, piece.Longest, minimum, maximum);
        return GbnfNode.Sequence(JsonRules.Quote, piece.Node, JsonRules.Quote);
    }

    private GbnfNode Formatted(SchemaNode node, int minimum, int? maximum)
    {
        var date = node.Format == "date";
        CheckLength(node, "format", date ? 10 : 20, date ? 10 : 33, minimum, maximum);
        var name = date ? "date" : "date-time";
        var rule = rules.Contains(name) ? GbnfNode.Reference(name) : rules.Define(name, date ? CalendarRules.Date(rules) : CalendarRules.DateTime(rules));
        return GbnfNode.Sequence(JsonRules.Quote, rule, JsonRules.Quote);
    }

    private void CheckLength(SchemaNode node, string keyword, int shortest, int? longest, int minimum, int? maximum)
    {
        if (minimum > shortest || maximum < (longest ?? int.MaxValue))
            refusals.Add(node.Pointer, keyword, string.Create(CultureInfo.InvariantCulture, $"allows lengths from {shortest} to {longest?.ToString(CultureInfo.InvariantCulture) ?? "any"}, which minLength or maxLength narrows; say it in one of them"));
    }
}
