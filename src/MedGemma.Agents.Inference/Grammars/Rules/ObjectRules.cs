using MedGemma.Agents.Inference.Grammars.Gbnf;
using MedGemma.Agents.Inference.Grammars.Schemas;

namespace MedGemma.Agents.Inference.Grammars.Rules;

/// <summary>Objects: named members in their order, optional ones left out or not, then additional ones.</summary>
internal sealed class ObjectRules(GbnfRules rules, JsonRules json, ValueRules values, RefusalList refusals)
{
    public GbnfNode Of(SchemaConjunction schemas)
    {
        var names = SchemaMembers.Names(schemas);
        var additional = SchemaMembers.Additional(schemas);
        if (names.Count == 0 && additional is null)
            return json.Object;

        var required = schemas.Nodes.SelectMany(node => node.Required).ToHashSet(StringComparer.Ordinal);
        var members = names.Select(name => (Required: required.Contains(name), Member: Member(schemas, name))).ToList();
        var extra = additional is null ? null : Extra(names, additional);

        // What may follow once a member has been written, from each place on; written from the end, so that each rule uses the next one.
        var tails = new GbnfNode[members.Count + 1];
        tails[^1] = extra is null ? GbnfNode.Empty : GbnfNode.Any(rules.Share(GbnfNode.Sequence(JsonRules.Separator, extra)));
        for (var i = members.Count - 1; i > 0; i--)
        {
            var next = GbnfNode.Sequence(JsonRules.Separator, members[i].Member);
            tails[i] = rules.Share(GbnfNode.Sequence(members[i].Required ? next : GbnfNode.Optional(next), tails[i + 1]));
        }

        var starts = new List<GbnfNode>();
        foreach (var (i, (isRequired, member)) in members.Index())
        {
            starts.Add(GbnfNode.Sequence(member, tails[i + 1]));
            if (isRequired)
                return Braced(GbnfNode.Choice(starts));
        }

        if (extra is not null)
            starts.Add(GbnfNode.Sequence(extra, tails[^1]));

        return Braced(GbnfNode.Optional(GbnfNode.Choice(starts)));
    }

    private static GbnfNode Braced(GbnfNode members) => GbnfNode.Sequence(GbnfNode.Text("{"), members, GbnfNode.Text("}"));

    private GbnfNode Member(SchemaConjunction schemas, string name) =>
        rules.Share(GbnfNode.Sequence(GbnfNode.Text(JsonText.Of(name) + ":"), JsonRules.Space, values.Of(SchemaMembers.Named(schemas, name))));

    private GbnfNode Extra(IReadOnlyList<string> names, IReadOnlyList<SchemaNode> schemas)
    {
        // A schema that is false forbids every other member; the rule of its values accepts nothing and is pruned with all that needs it.
        var value = values.Of(SchemaConjunction.Of(schemas, refusals));
        var plain = names.Where(name => name.EnumerateRunes().All(rune => JsonRules.Plain.Contains(rune.Value))).ToList();
        return rules.Share(GbnfNode.Sequence(JsonRules.Quote, OtherThan([.. plain.Select(name => name.EnumerateRunes().Select(rune => rune.Value).ToArray())], 0), GbnfNode.Text(":"), JsonRules.Space, value));
    }

    // The rest of a name, from a place on where these names are still possible, up to and with the closing quote.
    private static GbnfNode OtherThan(IReadOnlyList<int[]> names, int at)
    {
        var going = names.Where(name => name.Length > at).GroupBy(name => name[at]).ToList();
        var options = new List<GbnfNode>();
        foreach (var same in going)
            options.Add(GbnfNode.Sequence(GbnfNode.Text(char.ConvertFromUtf32(same.Key)), OtherThan([.. same], at + 1)));

        options.Add(GbnfNode.Sequence(
            GbnfNode.Of(JsonRules.Plain.Except(CodePointSet.Of(going.Select(same => same.Key)))), GbnfNode.Any(GbnfNode.Of(JsonRules.Plain)), JsonRules.Quote));
        if (names.All(name => name.Length > at))
            options.Add(JsonRules.Quote);

        return GbnfNode.Choice(options);
    }
}
