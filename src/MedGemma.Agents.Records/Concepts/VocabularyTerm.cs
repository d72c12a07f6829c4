using System.Collections.Immutable;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Concepts;

/// <summary>One thing the vocabulary knows, or a group of such things. Immutable.</summary>
public sealed class VocabularyTerm
{
    /// <summary>The name it is listed under.</summary>
    public required string Name { get; init; }

    /// <summary>What sort of thing it is.</summary>
    public required VocabularyCategory Category { get; init; }

    /// <summary>Kinds of resources it is looked for in when the question names no kind.</summary>
    public required ImmutableArray<RecordKind> Kinds { get; init; }

    /// <summary>Further kinds in which it makes sense when they are asked for: a drug among allergies.</summary>
    public required ImmutableArray<RecordKind> OtherKinds { get; init; }

    /// <summary>Everything people call it, <see cref="Name"/> first.</summary>
    public required ImmutableArray<string> Names { get; init; }

    /// <summary>Codes by which it is recorded; <see cref="Coding.System"/> is the short name of the code system used in the vocabulary files.</summary>
    public required ImmutableArray<Coding> Codes { get; init; }

    /// <summary>Beginnings of hierarchical codes (ICD, ATC) by which it is recorded: all that the hierarchy has for it, so that another code of it is something else.</summary>
    public required ImmutableArray<Coding> CodePrefixes { get; init; }

    /// <summary>Beginnings of codes by which it is recorded, beside which others may mean it too.</summary>
    public required ImmutableArray<Coding> SomeCodePrefixes { get; init; }

    /// <summary>Names of the terms it is a group of; empty for a single thing.</summary>
    public required ImmutableArray<string> Members { get; init; }

    /// <summary>Names of the ingredients, for a combination product.</summary>
    public required ImmutableArray<string> Ingredients { get; init; }

    /// <summary>Names of terms that people may mean by the same words but that are not taken.</summary>
    public required ImmutableArray<string> Near { get; init; }

    /// <summary>True for a group such as "statin" or "kidney function".</summary>
    public bool IsGroup => !Members.IsEmpty;

    /// <summary>Names that stand for it only as a whole entry name (abbreviations such as "K").</summary>
    internal ImmutableArray<string> WholeNames { get; init; } = [];

    /// <summary>Reduced phrases that mark an entry as this term when they occur in its name.</summary>
    internal ImmutableArray<string[]> Phrases { get; init; } = [];

    /// <summary>Reduced phrases that mark an entry as something else.</summary>
    internal ImmutableArray<string[]> Without { get; init; } = [];

    /// <summary><see cref="Kinds"/> with all they include.</summary>
    internal IReadOnlySet<RecordKind> ExpandedKinds => field ??= KindFamilies.Expand(Kinds) ?? new HashSet<RecordKind>(Enum.GetValues<RecordKind>());

    /// <summary>True when a thing of some kinds can be the term.</summary>
    internal bool CanBe(ImmutableArray<RecordKind> kinds)
    {
        foreach (var kind in kinds)
        {
            if (ExpandedKinds.Contains(kind) || OtherKinds.Contains(kind))
                return true;
        }

        return false;
    }

    /// <summary>True when the term makes sense for kinds asked (already expanded); null asks for any.</summary>
    internal bool IsFor(IReadOnlySet<RecordKind>? kinds) => kinds is null || kinds.Overlaps(ExpandedKinds) || kinds.Overlaps(OtherKinds);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
