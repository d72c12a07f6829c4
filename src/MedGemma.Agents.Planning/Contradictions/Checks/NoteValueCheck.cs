using System.Globalization;
using System.Text.RegularExpressions;
using MedGemma.Agents.Planning.Notes;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Contradictions.Checks;

/// <summary>A number that a note gives for a test, where results of that test and day are recorded and none of them is that number.</summary>
internal sealed partial class NoteValueCheck : IContradictionCheck
{
    /// <summary>Words that may follow a result in a sentence.</summary>
    private const string Following = "today|now|this|on|and|at|which|up|down|from|but|with|yesterday|overnight";

    private static readonly TimeSpan s_near = TimeSpan.FromHours(24);

    public ContradictionKind Kind => ContradictionKind.NoteAgainstRecord;

    public IEnumerable<Contradiction> Find(ContradictionContext context)
    {
        foreach (var entry in context.Concepts)
        {
            var numbers = entry.Resources.Where(context.Counts).Select(RecordedNumber.Of).OfType<RecordedNumber>().ToList();
            if (numbers.Count == 0 || ShortNames(entry) is not { Count: > 0 } names)
                continue;

            foreach (var mention in context.Notes.Find(names))
            {
                context.CancellationToken.ThrowIfCancellationRequested();
                if (FindWhen(context, mention.Sentence.Note) is { } when && FindIn(entry, numbers, mention, when) is { } contradiction)
                    yield return contradiction;
            }
        }
    }

    private Contradiction? FindIn(ConceptEntry entry, List<RecordedNumber> numbers, NoteMention mention, DateTimeOffset when)
    {
        if (SaysNumber().Match(mention.Sentence.Text, mention.End) is not { Success: true } match
            || !decimal.TryParse(match.Groups["number"].Value, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
            || numbers.FindAll(recorded => recorded.Resource.When?.Start is { } start && (start - when).Duration() <= s_near) is not { Count: > 0 } near
            || !HasUnitOf(match.Groups["unit"].Value, near) || near.Exists(recorded => IsSame(number, match.Groups["number"].Value, recorded.Number)))
        {
            return null;
        }

        var (note, sentence) = (mention.Sentence.Note, mention.Sentence.Text);
        return new Contradiction(
            Kind,
            $"A note of {note.Time} says “{NoteSentences.Shown(sentence)}”, and {entry.Name} is recorded near that time as {string.Join(", ", near.Select(recorded => recorded.Said).Distinct().Take(5))}.",
            [ContradictionContext.Existence(note)],
            [.. near.Take(5).Select(recorded => recorded.Evidence)])
        {
            Quote = NoteSentences.Shown(sentence),
        };
    }

    // A note rounds; what it wrote must come out of a recorded number by rounding to its digits.
    private static bool IsSame(decimal said, string written, decimal recorded)
    {
        var point = written.IndexOf('.', StringComparison.Ordinal);
        return decimal.Round(recorded, point < 0 ? 0 : written.Length - point - 1, MidpointRounding.AwayFromZero) == said || said == recorded
            || Math.Floor(recorded) == said;
    }

    // "potassium 40 mEq" is a dose and "potassium 2 weeks" a plan: a word behind the number must be the unit of the results.
    private static bool HasUnitOf(string unit, List<RecordedNumber> near) =>
        unit.Length == 0 || near.Exists(recorded => string.Equals(recorded.Written, unit, StringComparison.OrdinalIgnoreCase) || string.Equals(recorded.Unit, unit, StringComparison.OrdinalIgnoreCase));

    private static List<string> ShortNames(ConceptEntry entry) =>
    [
        .. entry.Names.Append(entry.Name)
            .Select(name => name.IndexOf('[', StringComparison.Ordinal) is var at and > 0 ? name[..at].Trim() : name)
            .Select(name => name.Split('/')[0].Trim())
            .Where(name => name.Length is > 2 and < 40)
            .Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    private static DateTimeOffset? FindWhen(ContradictionContext context, NoteText note) =>
        context.DocumentOf(note) is { } document ? document.When?.Start
        : DateTimeOffset.TryParse(note.Time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var when) ? when : null;

    [GeneratedRegex(
        @"\G(?:\s+(?:level|today|was|is|of|at))*\s*[:=]?\s*(?<number>\d{1,4}(?:\.\d{1,3})?)(?:\s*(?!(?:" + Following + @")\b)(?<unit>%|[A-Za-z]+(?:/[A-Za-z0-9.]+)?))?(?=\s*(?:$|[.,;()])|\s+(?:" + Following + @")\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 5000)]
    private static partial Regex SaysNumber();
}
