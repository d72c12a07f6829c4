using System.Text.RegularExpressions;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Status;

namespace MedGemma.Agents.Planning.Contradictions.Checks;

/// <summary>A note that denies a diagnosis which was recorded as present before it was written.</summary>
internal sealed class NoteDenialCheck : IContradictionCheck
{
    public IEnumerable<Contradiction> Find(ContradictionContext context)
    {
        foreach (var entry in context.Concepts.Where(entry => entry.Kinds.Contains(RecordKind.Condition)))
        {
            var names = entry.Names.Append(entry.Name).Select(name => name.Split(',')[0].Trim()).Where(name => name.Length is > 3 and < 50).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
            if (names.Count == 0)
                continue;

            var denied = new Regex(
                $@"\b(?:no history of|denies(?: a)? history of|does not have|has never had|no known|without a history of)\s+(?:{string.Join('|', names.Select(Regex.Escape))})\b",
                RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
                TimeSpan.FromMilliseconds(200));
            foreach (var note in context.Notes)
            {
                if (NoteSentences.Of(note).FirstOrDefault(sentence => denied.IsMatch(sentence)) is not { } sentence
                    || !context.Record.TryFollow(note.Evidence.Resource.ToString(), out var document) || document.When?.Start is not { } when
                    || entry.Resources.FirstOrDefault(resource => IsRecordedBefore(context, resource, when)) is not { } condition)
                    continue;

                yield return new Contradiction(
                    ContradictionKind.NoteAgainstRecord,
                    $"A note of {note.Time} says “{NoteSentences.Shown(sentence)}”, and {entry.Name} is recorded since {condition.WhenText}.",
                    [ContradictionContext.Existence(note)],
                    [ContradictionContext.Existence(condition)])
                {
                    Quote = NoteSentences.Shown(sentence),
                };
            }
        }
    }

    private static bool IsRecordedBefore(ContradictionContext context, RecordResource resource, DateTimeOffset when) =>
        resource.Key.Type == "Condition" && resource.Standing != Standing.NeverCounts && context.Counts(resource) && !resource.Labels.Contains("family history")
        && resource.When?.Start is { } start && start < when;
}
