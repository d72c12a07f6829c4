using MedGemma.Agents.Planning.Verification.Language;
using MedGemma.Agents.Planning.Verification.Reading;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Verification.Checks;

/// <summary>The sentence is about this patient; a relative only where the evidence is family history, and then always.</summary>
internal sealed class SubjectCheck : IClaimCheck
{
    private const string FamilyHistory = "FamilyMemberHistory";

    public IEnumerable<string> Find(ClaimContext context)
    {
        var relatives = context.Words.Where(word => Vocabulary.IsRelativeName(word.Text)).ToList();
        foreach (var word in relatives)
        {
            // A search for one relation says which; what it found is of that relation.
            if (context.Selection is { Kinds: [RecordKind.FamilyHistory], Via: { } via } && NameWords.Of(word.Text).All(NameWords.Of(via).Contains))
                continue;

            // Who is to be contacted is told by how he is related.
            if (context.Result.Query.Element == ResultElement.ContactRelationship || context.Selection.Where is { Element: ResultElement.ContactRelationship, Words: var relations } && relations.Any(relation => NameWords.Of(relation).Any(NameWords.Of(word.Text).Contains)))
                continue;

            if (!context.Facts.Any(fact => IsFamilyHistory(fact) && (word.Text is "family" || NameWords.Of(word.Text).All(fact.Words.Contains))))
                yield return $"not about the patient: {word.Text}";
        }

        if (context.Segments.Any(segment => segment.Facts.Count > 0 && segment.Facts.All(IsFamilyHistory))
            && relatives.Count == 0 && !context.Pieces.Any(piece => piece.Text.Contains("family history", StringComparison.OrdinalIgnoreCase)))
            yield return "family history that is not called so";
    }

    private static bool IsFamilyHistory(Fact fact) =>
        fact.Resources.Count > 0 && fact.Resources.All(resource => resource.Key.Type == FamilyHistory || HasFamilyLabel(resource));

    private static bool HasFamilyLabel(RecordResource resource) =>
        resource.Labels.Any(label => label.Contains("family history", StringComparison.OrdinalIgnoreCase));
}
