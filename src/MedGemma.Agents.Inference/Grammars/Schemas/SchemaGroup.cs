namespace MedGemma.Agents.Inference.Grammars.Schemas;

/// <summary>An <c>anyOf</c> or <c>oneOf</c>.</summary>
/// <param name="Id">Its number among all groups and schemas.</param>
/// <param name="Owner">The schema that holds it.</param>
/// <param name="Keyword"><c>anyOf</c> or <c>oneOf</c>.</param>
/// <param name="Branches">The schemas to choose from.</param>
internal sealed record SchemaGroup(int Id, SchemaNode Owner, string Keyword, IReadOnlyList<SchemaNode> Branches)
{
    public bool ExactlyOne => Keyword == "oneOf";
}
