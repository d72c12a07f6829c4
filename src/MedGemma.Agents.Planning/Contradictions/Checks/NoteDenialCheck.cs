using System.Text.RegularExpressions;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Status;

namespace MedGemma.Agents.Planning.Contradictions.Checks;

/// <summary>A note that denies a diagnosis which was recorded as present before it was written.</summary>
internal sealed partial class NoteDenialCheck : IContradictionCheck
{
    /// <summary>As much as a denial takes, before the name of what is denied.</summary>
    private const int LongestDenial = 40;

    public ContradictionKind Kind => ContradictionKind.NoteAgainstRecord;

    public IEnumerable<Contradiction> Find(ContradictionContext context)
    {
        foreach (var entry in context.Concepts.Where(entry => entry.Kinds.Contains(RecordKind.Condition)))
        {
            var names = entry.Names.Append(entry.Name).Select(name => name.Split(',')[0].Trim()).Where(name => name.Length is > 3 and < 50).Distinct(StringComparer.OrdinalIgnoreCase);
            var denied = context.Notes.Find(names).Where(mention => EndsInDenial().IsMatch(mention.Before(LongestDenial)));
            foreach (var sentence in denied.Select(mention => mention.Sentence).DistinctBy(sentence => sentence.Note))
            {
                if (context.DocumentOf(sentence.Note)?.When?.Start is not { } when || entry.Resources.FirstOrDefault(resource => IsRecordedBefore(context, resource, when)) is not { } condition)
                    continue;

                yield return new Contradiction(
                    Kind,
                    $"A note of {sentence.Note.Time} says “{NoteSentences.Shown(sentence.Text)}”, and {entry.Name} is recorded since {condition.WhenText}.",
                    [ContradictionContext.Existence(sentence.Note)],
                    [ContradictionContext.Existence(condition)])
                {
                    Quote = NoteSentences.Shown(sentence.Text),
                };
            }
        }
    }

    private static bool IsRecordedBefore(ContradictionContext context, RecordResource resource, DateTimeOffset when) =>
        resource.Key.Type == "Condition" && resource.Standing != Standing.NeverCounts && context.Counts(resource) && !resource.Labels.Contains("family history")
        && resource.When?.Start is { } start && start < when;

    [GeneratedRegex(@"\b(?:no history of|denies(?: a)? history of|does not have|has never had|no known|without a history of)\s+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex EndsInDenial();
}
