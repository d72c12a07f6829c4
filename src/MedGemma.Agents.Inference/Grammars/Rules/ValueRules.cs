using System.Globalization;
using System.Text.Json;
using MedGemma.Agents.Inference.Grammars.Gbnf;
using MedGemma.Agents.Inference.Grammars.Schemas;

namespace MedGemma.Agents.Inference.Grammars.Rules;

/// <summary>
/// One rule for each conjunction of schemas. Bodies are written from a queue and not by recursion, so that a long chain of references costs no stack.
/// </summary>
internal sealed class ValueRules
{
    /// <summary>A schema that multiplies beyond this is refused instead of filling the memory.</summary>
    private const int MostRules = 20_000;

    private readonly GbnfRules _rules;
    private readonly RefusalList _refusals;
    private readonly JsonRules _json;
    private readonly ObjectRules _objects;
    private readonly StringRules _strings;
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Queue<(string Name, SchemaConjunction Schemas)> _open = new();

    public ValueRules(GbnfRules rules, RefusalList refusals)
    {
        _rules = rules;
        _refusals = refusals;
        _json = new JsonRules(rules);
        _objects = new ObjectRules(rules, _json, this, refusals);
        _strings = new StringRules(rules, _json, refusals);
    }

    /// <summary>The rule of what satisfies these schemas; its body follows with <see cref="Complete"/>.</summary>
    public GbnfNode Of(SchemaConjunction schemas)
    {
        var key = schemas.Key;
        if (_names.TryGetValue(key, out var known))
            return GbnfNode.Reference(known);

        var name = string.Create(CultureInfo.InvariantCulture, $"v{_names.Count + 1}");
        _names.Add(key, name);
        _open.Enqueue((name, schemas));
        return _rules.Reserve(name);
    }

    /// <summary>The rule of what satisfies these schemas.</summary>
    public GbnfNode Of(IReadOnlyList<SchemaNode> schemas) => schemas.Count == 0 ? _json.Value : Of(SchemaConjunction.Of(schemas, _refusals));

    /// <summary>Writes the bodies of all rules asked for, and of those that they ask for.</summary>
    public void Complete()
    {
        while (_open.TryDequeue(out var next))
        {
            if (_rules.All.Count > MostRules)
            {
                _refusals.Add(next.Schemas.First.Pointer, "schema", "its alternatives multiply beyond what a grammar can hold");
                return;
            }

            _rules.Complete(next.Name, Body(next.Schemas));
        }
    }

    private GbnfNode Body(SchemaConjunction schemas)
    {
        if (schemas.Undecided is { } group)
            return Branches(schemas, group);

        var types = schemas.Types;
        if (schemas.Nodes.FirstOrDefault(node => node.Values is not null) is { } listing)
            return Listed(schemas, listing, types);

        if (types == SchemaTypes.All && schemas.Nodes.All(Unconstrained))
            return _json.Value;

        var options = new List<GbnfNode>();
        if (types.HasFlag(SchemaTypes.Object))
            options.Add(_objects.Of(schemas));
        if (types.HasFlag(SchemaTypes.Array))
            options.Add(Array(schemas));
        if (types.HasFlag(SchemaTypes.String))
            options.Add(_strings.Of(schemas));
        if (types.HasFlag(SchemaTypes.Fraction))
            options.Add(Number(schemas));
        else if (types.HasFlag(SchemaTypes.Integer))
            options.Add(IntegerRange.Node(schemas.Nodes.Max(node => node.Minimum), schemas.Nodes.Min(node => node.Maximum), _rules));
        if (types.HasFlag(SchemaTypes.Boolean))
            options.AddRange([GbnfNode.Text("true"), GbnfNode.Text("false")]);
        if (types.HasFlag(SchemaTypes.Null))
            options.Add(GbnfNode.Text("null"));

        return GbnfNode.Choice(options);
    }

    private GbnfNode Branches(SchemaConjunction schemas, SchemaGroup group)
    {
        var chosen = group.Branches.Select(branch => schemas.Choose(group, branch, _refusals)).ToList();
        if (group.ExactlyOne)
        {
            foreach (var (i, one) in chosen.Index())
            {
                foreach (var (j, other) in chosen.Index().Skip(i + 1))
                {
                    if (!SchemaDisjointness.Holds(one, other, _refusals))
                        _refusals.Add(group.Owner.Pointer, group.Keyword, string.Create(CultureInfo.InvariantCulture, $"branches {i} and {j} may both hold for one value; say anyOf, or tell them apart by a required member with different values"));
                }
            }
        }

        return GbnfNode.Choice([.. chosen.Select(Of)]);
    }

    private static bool Unconstrained(SchemaNode node) =>
        node is { Properties.Count: 0, Required.Count: 0, AdditionalProperties: null, Items: null, MinItems: 0, MaxItems: null, Pattern: null, Format: null, MinLength: 0, MaxLength: null, BoundKeyword: null };

    private GbnfNode Listed(SchemaConjunction schemas, SchemaNode listing, SchemaTypes types)
    {
        var values = listing.Values!.Where(value => types.HasFlag(SchemaTypeNames.Of(value)) && schemas.Nodes.All(node => node.Values?.Any(allowed => JsonElement.DeepEquals(allowed, value)) ?? true)).ToList();
        foreach (var node in schemas.Nodes.Where(node => !Unconstrained(node)))
            _refusals.Add(node.Pointer, "enum", "enum and const are supported beside type only");

        return GbnfNode.Choice([.. values.Select(JsonText.Of).Distinct(StringComparer.Ordinal).Select(GbnfNode.Text)]);
    }

    private GbnfNode Array(SchemaConjunction schemas)
    {
        var item = Of([.. schemas.Nodes.Select(node => node.Items).OfType<SchemaNode>()]);
        return GbnfNode.Sequence(
            GbnfNode.Text("["), _json.List(item, schemas.Nodes.Max(node => node.MinItems), schemas.Nodes.Min(node => node.MaxItems)), GbnfNode.Text("]"));
    }

    private GbnfNode Number(SchemaConjunction schemas)
    {
        foreach (var node in schemas.Nodes.Where(node => node.BoundKeyword is not null))
            _refusals.Add(node.Pointer, node.BoundKeyword!, "bounds are supported on integers only");

        return _json.Number;
    }
}
