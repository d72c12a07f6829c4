namespace MedGemma.Agents.Inference.Grammars.Schemas;

/// <summary>Numbers schemas in the order in which they are read, over all documents of a grammar.</summary>
internal sealed class SchemaIdentities
{
    private int _last;

    public int Next() => ++_last;
}
