using System.Text.RegularExpressions;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Medications;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Contradictions.Checks;

/// <summary>A note that describes a drug as being taken at a time when every order for it had ended.</summary>
/// <param name="vocabulary">Other names of drugs.</param>
internal sealed partial class NoteOrderCheck(ConceptVocabulary vocabulary) : IContradictionCheck
{
    public ContradictionKind Kind => ContradictionKind.EndedOrderDescribedAsCurrent;

    public IEnumerable<Contradiction> Find(ContradictionContext context)
    {
        if (!context.Asks(RecordKind.Medication, RecordKind.MedicationRequest, RecordKind.MedicationStatement, RecordKind.MedicationAdministration))
            yield break;

        var states = new MedicationStates(context.Record);
        foreach (var drug in Drugs(context))
        {
            var current = context.Notes.Find(drug.Names).Select(mention => mention.Sentence).Where(sentence => SaysCurrent().IsMatch(sentence.Text) && !SaysOver().IsMatch(sentence.Text));
            foreach (var (note, sentence) in current.DistinctBy(sentence => sentence.Note))
            {
                if (context.DocumentOf(note)?.When?.Start is not { } when || drug.Orders.FindAll(order => order.When?.Start < when) is not { Count: > 0 } earlier
                    || drug.Orders.Exists(order => states.At(order, when, context.Question.AsOf) is not EndedMedication))
                    continue;

                var last = earlier.MaxBy(order => order.When!.Value.Start)!;
                var ended = states.At(last, when, context.Question.AsOf);
                yield return new Contradiction(
                    Kind,
                    $"A note of {note.Time} says “{NoteSentences.Shown(sentence)}”, and the last order of {drug.Name} had ended by then ({ended.Reason}).",
                    [ContradictionContext.Existence(note)],
                    [ContradictionContext.Existence(last)])
                {
                    Quote = NoteSentences.Shown(sentence),
                };
            }
        }
    }

    private IEnumerable<(string Name, IReadOnlyList<string> Names, List<RecordResource> Orders)> Drugs(ContradictionContext context)
    {
        var orders = context.Record.OfKind(RecordKind.MedicationRequest).Where(context.Counts).Where(order => order.Concept?.Name is not null);
        var asked = context.Results.SelectMany(result => result.Query.Selection.Concepts).ToList();
        foreach (var group in orders.GroupBy(order => IngredientOf(order.Concept!.Name!), StringComparer.OrdinalIgnoreCase).Where(group => group.Key.Length > 3))
        {
            // A question about one drug is not answered with contradictions about all.
            if (asked.Count > 0 && !asked.Exists(words => vocabulary.Find(words).SelectMany(term => term.Names.Append(term.Name)).Append(words).Contains(group.Key, StringComparer.OrdinalIgnoreCase))
                && !group.Any(order => context.Touched.Contains(order)))
                continue;

            var names = vocabulary.Find(group.Key).SelectMany(term => term.Names.Append(term.Name)).Append(group.Key).Where(name => name.Length > 3).Distinct(StringComparer.OrdinalIgnoreCase);
            yield return (group.Key, [.. names], [.. group]);
        }
    }

    /// <summary>The first term of the vocabulary in an order's name: "metformin hydrochloride 500 MG Oral Tablet" is metformin.</summary>
    private string IngredientOf(string name)
    {
        var words = name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var phrase = vocabulary.FindPhrases(words).FirstOrDefault(found => found.Terms.Any(term => term.Category == VocabularyCategory.Drug));
        return phrase?.Terms.First(term => term.Category == VocabularyCategory.Drug).Name ?? name;
    }

    [GeneratedRegex(@"\b(continues?|continued on|currently|current|taking|takes|remains on|is on|still on|on home)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex SaysCurrent();

    [GeneratedRegex(@"\b(stop|stopped|discontinue|discontinued|no longer|held|hold|was on|used to|previously|past|allerg\w+|not taking|never|ended|off|instead of|start|started|will)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex SaysOver();
}
