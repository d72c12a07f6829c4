using System.Collections.Immutable;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Concepts;

/// <summary>Shape of a vocabulary file.</summary>
/// <param name="Source">Where the facts are from.</param>
/// <param name="Category">What sort of things it lists.</param>
/// <param name="Kinds">Kinds of resources they are looked for in.</param>
/// <param name="OtherKinds">Further kinds in which they make sense.</param>
/// <param name="Without">Phrases that mark an entry as something else, for every term of the file that does not name them itself.</param>
/// <param name="Terms">The terms.</param>
internal sealed record VocabularyFile(
    string Source,
    VocabularyCategory Category,
    ImmutableArray<RecordKind> Kinds,
    ImmutableArray<VocabularyFile.TermRow> Terms,
    ImmutableArray<RecordKind>? OtherKinds = null,
    ImmutableArray<string>? Without = null)
{
    /// <summary>One term; <c>Concepts/Vocabulary/README.md</c> says what each member means.</summary>
    internal sealed record TermRow(
        string Name,
        ImmutableArray<string>? Names = null,
        ImmutableArray<string>? Whole = null,
        ImmutableArray<string>? Asked = null,
        ImmutableArray<string>? Codes = null,
        ImmutableArray<string>? Prefixes = null,
        ImmutableArray<string>? SomePrefixes = null,
        ImmutableArray<string>? Members = null,
        ImmutableArray<string>? Of = null,
        ImmutableArray<string>? Near = null,
        ImmutableArray<string>? Without = null,
        ImmutableArray<RecordKind>? Kinds = null);
}
