using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Lexicon;

/// <summary>What some words of a question are about: a row of <c>topics.json</c>.</summary>
/// <param name="Name">Name of the row.</param>
/// <param name="Rank">Among the topics of a question the highest says which kinds it is about; 0 never does.</param>
/// <param name="Kinds">Kinds that it stands for.</param>
/// <param name="Words">Phrases that name it.</param>
/// <param name="Element">Element that it asks for, if any.</param>
/// <param name="Current">True when only what is current is meant.</param>
/// <param name="Given">True when it says that a drug was given, not only ordered.</param>
/// <param name="Concept">What of the kinds it names, when the phrase is the name of one thing among them.</param>
/// <param name="Value">What the values of the kinds must say, or null.</param>
/// <param name="AlsoAs">Kinds that record the same things elsewhere ("bone density scan" as a procedure), looked at when the kinds have nothing of that name.</param>
/// <param name="Category">Category code that its resources have, or null.</param>
/// <param name="Special">Name of a question that needs more than one selection, or null.</param>
internal sealed record Topic(
    string Name,
    int Rank,
    IReadOnlyList<RecordKind> Kinds,
    IReadOnlyList<string> Words,
    ResultElement? Element = null,
    bool Current = false,
    bool Given = false,
    string? Special = null,
    string? Concept = null,
    ValueComparison? Value = null,
    IReadOnlyList<RecordKind>? AlsoAs = null,
    string? Category = null)
{
    /// <summary>True for "resolved": with "when" it asks for the end, without it for those that are over.</summary>
    public bool IsResolution => Name == "resolution";
}
