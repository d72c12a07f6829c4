using System.Text.RegularExpressions;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Contradictions.Checks;

/// <summary>A note that says an allergy the allergy list does not hold, or that there is none while the list holds some.</summary>
/// <param name="vocabulary">Names of drugs and allergens.</param>
internal sealed partial class NoteAllergyCheck(ConceptVocabulary vocabulary) : IContradictionCheck
{
    public ContradictionKind Kind => ContradictionKind.NoteAgainstRecord;

    public IEnumerable<Contradiction> Find(ContradictionContext context)
    {
        if (!context.Asks(RecordKind.Allergy))
            yield break;

        var recorded = context.Record.OfKind(RecordKind.Allergy).Where(context.Counts).ToList();
        var known = recorded.FindAll(allergy => allergy.Concept?.Name is { } name && !name.Contains("no known", StringComparison.OrdinalIgnoreCase));
        var listed = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase);
        foreach (var (note, sentence) in context.Notes.Sentences)
        {
            if (SaysNone().IsMatch(sentence) && known.Find(allergy => !(allergy.When?.Start > TimeOf(note.Time)) && allergy.Status is "active" or null) is { } active)
            {
                yield return new Contradiction(
                    Kind,
                    $"A note of {note.Time} says “{NoteSentences.Shown(sentence)}”, and an allergy to {active.Concept!.Name} is recorded.",
                    [ContradictionContext.Existence(note)],
                    [ContradictionContext.Existence(active)])
                {
                    Quote = NoteSentences.Shown(sentence),
                };
            }
            else if (SaysAllergic().Match(sentence) is { Success: true } said && !Denies().IsMatch(sentence.AsSpan(0, said.Index)) && FirstTerm(said.Groups["to"].Value) is { } term && !IsListed(term.Name))
            {
                yield return new Contradiction(
                    Kind,
                    $"A note of {note.Time} says “{NoteSentences.Shown(sentence)}”, and no allergy to {term.Name} is found in the allergy list.",
                    [ContradictionContext.Existence(note)],
                    [.. recorded.Take(5).Select(ContradictionContext.Existence)])
                {
                    Quote = NoteSentences.Shown(sentence),
                };
            }
        }

        bool IsListed(string name)
        {
            if (!listed.TryGetValue(name, out var isListed))
            {
                isListed = context.Run(new RecordSelection { Kinds = [RecordKind.Allergy], Concepts = [name] }, new ExistsAggregate()) is not { Outcome: QueryOutcome.SearchedAndEmpty or QueryOutcome.NotSupplied };
                listed.Add(name, isListed);
            }

            return isListed;
        }

        static DateTimeOffset? TimeOf(string? time) => DateTimeOffset.TryParse(time, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var at) ? at : null;
    }

    private VocabularyTerm? FirstTerm(string words) =>
        vocabulary.FindPhrases(words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .SelectMany(phrase => phrase.Terms)
            .FirstOrDefault(term => term.Category is VocabularyCategory.Drug or VocabularyCategory.DrugClass or VocabularyCategory.Allergen);

    [GeneratedRegex(@"\b(NKDA|NKA|no known (drug )?allergies|no allergies|denies (any )?allergies)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex SaysNone();

    [GeneratedRegex(@"\b(allergic to|allergy to|anaphylaxis to|allergies:)\s*(?<to>[A-Za-z][A-Za-z -]{2,40})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex SaysAllergic();

    [GeneratedRegex(@"\b(no|not|denies|never|without)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Denies();
}
