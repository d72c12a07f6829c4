namespace MedGemma.Agents.Inference.Grammars;

/// <summary>Collects refusals, each once.</summary>
internal sealed class RefusalList
{
    private readonly List<SchemaRefusal> _found = [];

    public IReadOnlyList<SchemaRefusal> Found => _found;

    public void Add(string pointer, string keyword, string reason)
    {
        var refusal = new SchemaRefusal(pointer, keyword, reason);
        if (!_found.Contains(refusal))
            _found.Add(refusal);
    }
}
