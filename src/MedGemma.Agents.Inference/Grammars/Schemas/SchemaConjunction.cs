using System.Globalization;

namespace MedGemma.Agents.Inference.Grammars.Schemas;

/// <summary>
/// Schemas that one value must satisfy together: a schema with what its <c>$ref</c>, <c>allOf</c> and chosen branches add. There are finitely many of them in a
/// document, so a grammar with one rule for each ends, however the references run.
/// </summary>
internal sealed class SchemaConjunction
{
    private readonly OrderedDictionary<int, SchemaNode> _nodes = [];
    private readonly Dictionary<int, HashSet<int>> _chosenBelow = [];
    private readonly SortedSet<int> _decided = [];

    private SchemaConjunction()
    {
    }

    public IEnumerable<SchemaNode> Nodes => _nodes.Values;

    public SchemaNode First => _nodes.GetAt(0).Value;

    /// <summary>The same for conjunctions of the same schemas with the same choices.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{string.Join(',', _nodes.Keys.Order())}|{string.Join(',', _decided)}");

    /// <summary>The types that all schemas allow.</summary>
    public SchemaTypes Types => _nodes.Values.Aggregate(SchemaTypes.All, (types, node) => types & node.Types);

    /// <summary>The first <c>anyOf</c> or <c>oneOf</c> of which no branch has been chosen.</summary>
    public SchemaGroup? Undecided => _nodes.Values.SelectMany(node => node.Groups).FirstOrDefault(group => !_decided.Contains(group.Id));

    public static SchemaConjunction Of(SchemaNode node, RefusalList refusals) => Of([node], refusals);

    public static SchemaConjunction Of(IEnumerable<SchemaNode> nodes, RefusalList refusals)
    {
        var made = new SchemaConjunction();
        foreach (var node in nodes)
            made.Add(node, [], [], refusals);

        return made;
    }

    /// <summary>The conjunction with one branch of a group.</summary>
    public SchemaConjunction Choose(SchemaGroup group, SchemaNode branch, RefusalList refusals)
    {
        var made = new SchemaConjunction();
        foreach (var (id, node) in _nodes)
        {
            made._nodes.Add(id, node);
            made._chosenBelow[id] = _chosenBelow[id];
        }

        made._decided.UnionWith(_decided);
        made._decided.Add(group.Id);
        HashSet<int> above = [.. _chosenBelow[group.Owner.Id], group.Owner.Id];
        if (Of(branch, refusals)._nodes.Keys.Any(above.Contains))
            refusals.Add(group.Owner.Pointer, group.Keyword, "a branch refers back to the schema that it is a branch of");
        else
            made.Add(branch, above, [], refusals);

        return made;
    }

    private void Add(SchemaNode node, HashSet<int> above, HashSet<int> open, RefusalList refusals)
    {
        if (!open.Add(node.Id))
        {
            refusals.Add(node.Pointer, "$ref", "refers to itself");
            return;
        }

        if (_nodes.TryAdd(node.Id, node))
        {
            _chosenBelow[node.Id] = above;
            foreach (var part in node.AllOf)
                Add(part, above, open, refusals);

            if (node.Reference is { } reference)
            {
                if (node.Document.Resolve(reference) is { } target)
                    Add(target, above, open, refusals);
                else
                    refusals.Add(node.Pointer, "$ref", $"{reference} is no schema of this document");
            }
        }

        open.Remove(node.Id);
    }
}
