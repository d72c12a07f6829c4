using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Kinds;

/// <summary>Tells what was tested from what it was tested on: specimen, organism, antibiotic.</summary>
internal static class MicrobiologyConcepts
{
    /// <summary>The selection with the specimen or the organism taken from the concepts into it, and the concepts that are left.</summary>
    public static (RecordSelection Selection, IReadOnlyList<ConceptMention> Concepts) Divide(QuestionFrame frame, RecordSelection selection)
    {
        if (!selection.Kinds.Any(kind => kind is RecordKind.Organism or RecordKind.MicrobiologyTest or RecordKind.Susceptibility) || selection.Via is not null)
            return (selection, frame.Concepts);

        // "Which antibiotics is it resistant to": whatever was tested is one.
        IReadOnlyList<ConceptMention> concepts = selection.Kinds is [RecordKind.Susceptibility]
            ? [.. frame.Concepts.Where(concept => !IsAnyAntibiotic(concept))]
            : frame.Concepts;
        if (TestedOn(concepts, selection.Kinds) is not { } source)
            return (selection, concepts);

        return (selection with { Via = source.Words }, [.. concepts.Where(concept => concept != source)]);
    }

    private static ConceptMention? TestedOn(IReadOnlyList<ConceptMention> concepts, IReadOnlyList<RecordKind> kinds)
    {
        if (kinds is [RecordKind.Susceptibility] && concepts.FirstOrDefault(concept => concept.Kinds.Contains(RecordKind.Organism)
            || (concept.Kinds.Contains(RecordKind.MicrobiologyTest) && !concept.Kinds.Contains(RecordKind.Susceptibility))) is { } grown)
            return grown;

        return concepts.FirstOrDefault(concept => concept.Kinds.Any() && concept.Kinds.All(kind => kind is RecordKind.Specimen or RecordKind.Any))
            ?? concepts.FirstOrDefault(concept => concept.Kinds.Contains(RecordKind.Specimen) && !concept.Kinds.Any(kinds.Contains));
    }

    private static bool IsAnyAntibiotic(ConceptMention concept) =>
        concept.Words.Trim().ToLowerInvariant() is "antibiotic" or "antibiotics" or "antimicrobial" or "antimicrobials" or "drug" or "drugs";
}
