using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Grounding;

/// <summary>
/// Makes one thing of names that stand side by side: "brain MRI", "CT of the head" and "removal of the IUD" are what both names stand for, not two things. What stands side by side
/// and has nothing in common was not understood; only a name that the record has nothing for settles that there is none.
/// </summary>
internal sealed class NameJoining(PatientRecord record, IConceptResolver resolver)
{
    // Longer than any name; what grew beyond it is a heap of names.
    private const int LongestName = 16;

    /// <summary>The things named.</summary>
    /// <param name="question">The clause.</param>
    /// <param name="mentions">Its names in their order.</param>
    /// <param name="notJoined">Gets the words of names that stand side by side and are no one thing.</param>
    public List<ConceptMention> Join(QuestionText question, IReadOnlyList<ConceptMention> mentions, List<string> notJoined)
    {
        var joined = new List<ConceptMention>();
        foreach (var mention in mentions)
        {
            if (joined.Count > 0 && Link(question, joined[^1].Span, mention.Span) is { } link)
            {
                if (Both(question, joined[^1], mention, link) is { } both)
                {
                    joined[^1] = both;
                    continue;
                }

                if (link == NameLink.Beside && !IsMicrobiology(joined[^1]) && !IsMicrobiology(mention))
                    notJoined.Add(question.Slice(TokenSpan.Over(joined[^1].Span, mention.Span)));
            }

            joined.Add(mention);
        }

        return WithoutWider(question, joined);
    }

    private ConceptMention? Both(QuestionText question, ConceptMention first, ConceptMention second, NameLink link)
    {
        var span = TokenSpan.Over(first.Span, second.Span);
        if (span.Count > LongestName)
            return null;

        var words = question.Slice(span);
        var resolved = resolver.Resolve(record, words, []);
        if ((link != NameLink.On || first.Span.After == second.Span.First) && resolved is { Entries.IsEmpty: false, Match.How: not ("fuzzy" or "prefix") })
            return new ConceptMention(span, words, resolved.Entries, false, resolved.Match, []);

        var common = Common(first, second);
        if (common.Count > 0)
            return new ConceptMention(span, words, [.. common], false, first.Match, []) { Names = [.. common.Select(entry => entry.Name).Distinct(StringComparer.Ordinal)] };

        // Without any MRI there is none of the brain.
        return link == NameLink.On ? null
            : IsAbsent(second) ? second with { Span = span }
            : IsAbsent(first) ? first with { Span = span }
            : null;
    }

    private static bool IsAbsent(ConceptMention mention) => mention.Entries.IsEmpty && mention.KnownKinds.Length > 0 && mention.Match.Left.Count == 0;

    /// <summary>What is an entry of both, and what is an entry of one and has the words of the other in its name.</summary>
    private static List<ConceptEntry> Common(ConceptMention first, ConceptMention second) =>
    [
        .. first.Entries.Where(entry => second.Entries.Contains(entry) || Says(entry, second)),
        .. second.Entries.Where(entry => !first.Entries.Contains(entry) && Says(entry, first)),
    ];

    private static bool Says(ConceptEntry entry, ConceptMention mention)
    {
        var words = Words(mention.Words);
        return entry.Names.Append(entry.Name).Any(name => Words(name).IsSupersetOf(words));
    }

    private static HashSet<string> Words(string name) => QuestionText.Tokenize(name).Select(token => token.Word.TrimEnd('s')).ToHashSet(StringComparer.Ordinal);

    /// <summary>"Births recorded as Childbirth procedures": where one name takes all that another does and more, the narrower one is meant.</summary>
    private static List<ConceptMention> WithoutWider(QuestionText question, List<ConceptMention> mentions)
    {
        // What something was recorded as is its name, whatever else it is called.
        if (mentions.Find(mention => IsRecordedAs(question, mention)) is { } recorded)
            return [recorded];

        // "NovoRapid (insulin aspart)": one thing by two names.
        mentions = mentions.FindAll(again => again.Entries.IsEmpty || !question.Gap(again.Span.First).Contains('(', StringComparison.Ordinal)
            || !mentions.Exists(first => first.Span.After == again.Span.First && first.Entries.Length == again.Entries.Length && first.Entries.All(again.Entries.Contains)));

        if (mentions.Count < 2 || Enumerable.Range(0, question.Count).Any(i => !question.IsClaimed(i) && question[i] is "or" or "and" or "vs" or "versus"))
            return mentions;

        return mentions.FindAll(wide => !mentions.Exists(narrow => narrow != wide && !narrow.Entries.IsEmpty
            && narrow.Entries.Length < wide.Entries.Length && narrow.Entries.All(wide.Entries.Contains)));
    }

    private static bool IsRecordedAs(QuestionText question, ConceptMention mention)
    {
        var before = mention.Span.First - 1;
        while (question[before] is "the" or "a" or "an")
            before--;
        return mention.Verbatim && (question[before] is "as" && question[before - 1] is "recorded" or "coded" or "documented" or "listed" or "entered" or "charted" or "named"
            || (question[before] is "by" && question[mention.Span.After] is "procedure" or "procedures" or "operation" or "method"));
    }

    // The microbiology of a specimen, an organism and a drug is related by the queries, not by names.
    private static bool IsMicrobiology(ConceptMention mention) =>
        mention.Kinds.Any(kind => kind is RecordKind.Specimen or RecordKind.Organism or RecordKind.Susceptibility or RecordKind.MicrobiologyTest);

    /// <summary>How two names hang together, or null when they do not.</summary>
    private static NameLink? Link(QuestionText question, TokenSpan first, TokenSpan second)
    {
        if (second.First < first.After)
            return null;

        // "Sodium/potassium" are two unless they are known as one.
        var on = question.Gap(second.First).Contains('/', StringComparison.Ordinal);
        for (var i = first.After; i <= second.First; i++)
        {
            if (question.Gap(i).AsSpan().Trim() is not ("" or "-" or "/"))
                return null;
            if (i == second.First)
                break;
            if (question.IsClaimed(i) || question[i] is not ("of" or "on" or "in" or "from" or "the" or "a" or "an" or "his" or "her" or "my" or "their"))
                return null;

            on |= question[i] is "on" or "in" or "from";
        }

        return on ? NameLink.On : question[first.After] is "of" || first.After == second.First ? NameLink.Beside : null;
    }

    private enum NameLink
    {
        /// <summary>Side by side or joined by "of": one thing.</summary>
        Beside,

        /// <summary>Joined by another preposition: one thing where the record has it.</summary>
        On,
    }
}
