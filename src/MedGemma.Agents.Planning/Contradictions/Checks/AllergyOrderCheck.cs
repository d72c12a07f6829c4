using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Contradictions.Checks;

/// <summary>A current order for what an active allergy names, by the drug or its class.</summary>
/// <param name="vocabulary">Classes of drugs.</param>
internal sealed class AllergyOrderCheck(ConceptVocabulary vocabulary) : IContradictionCheck
{
    private static readonly RecordKind[] s_orders = [RecordKind.MedicationRequest, RecordKind.MedicationStatement];

    public ContradictionKind Kind => ContradictionKind.AllergyAgainstOrder;

    public IEnumerable<Contradiction> Find(ContradictionContext context)
    {
        if (!context.Asks(RecordKind.Allergy, RecordKind.Medication, RecordKind.MedicationRequest, RecordKind.MedicationStatement, RecordKind.MedicationAdministration))
            yield break;

        var allergies = context.Run(new RecordSelection { Kinds = [RecordKind.Allergy], CurrentOnly = true }, new ListAggregate(Distinct: true), ResultElement.Name);
        foreach (var allergy in allergies.Values.Where(value => value.Label is { Length: > 0 } label && !label.Contains("no known", StringComparison.OrdinalIgnoreCase)))
        {
            var orders = context.Run(new RecordSelection { Kinds = s_orders, Concepts = [allergy.Label!, .. ClassesNamedAfter(allergy.Label!)], CurrentOnly = true }, new ListAggregate(), ResultElement.Name);
            if (orders.Outcome != QueryOutcome.Found || orders.Concepts.Any(concept => concept.Ambiguous))
                continue;

            foreach (var order in orders.Values.DistinctBy(value => value.Label))
            {
                yield return new Contradiction(
                    Kind,
                    $"An allergy to {allergy.Label} is recorded, and {order.Label} is a current medication.",
                    [allergy.Evidence[0]],
                    [order.Evidence[0]]);
            }
        }
    }

    /// <summary>Who is allergic to penicillin is taken to be allergic to the penicillins; of other classes a drug stands for itself alone.</summary>
    private IEnumerable<string> ClassesNamedAfter(string allergen)
    {
        var names = vocabulary.Find(allergen).Where(term => term.Category == VocabularyCategory.Drug).Select(term => term.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return vocabulary.Terms
            .Where(term => term.Category == VocabularyCategory.DrugClass && names.Any(name => term.Members.Contains(name) && term.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase)))
            .Select(term => term.Name);
    }
}
