using CsCheck;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using static MedGemma.Agents.Records.Tests.Concepts.ConceptEntries;

namespace MedGemma.Agents.Records.Tests.Concepts;

public sealed class ConceptResolverPropertyTests
{
    private static readonly ConceptVocabulary Vocabulary = ConceptVocabulary.BuiltIn;
    private static readonly ConceptResolver Resolver = new(Vocabulary);

    private static readonly ConceptEntry[] Everything =
    [
        .. Vocabulary.Terms.Select((term, index) => new ConceptEntry(
            term.Name,
            [term.Name],
            [new Coding("urn:example", $"x{index}", term.Name)],
            [term.Kinds[0]],
            [])),
    ];

    private static readonly ConceptIndex Whole = Index(Everything);

    [Fact]
    public void Every_entry_is_found_by_its_own_name() =>
        Gen.Int[0, Everything.Length - 1].Sample(index =>
        {
            var entry = Everything[index];
            Assert.Contains(entry, Resolver.Resolve(Whole, entry.Name, []).Entries);
        });

    [Fact]
    public void Case_and_spacing_change_nothing() =>
        Gen.Select(Gen.Int[0, Everything.Length - 1], Gen.Bool.Array[40]).Sample((index, upper) =>
        {
            var name = Everything[index].Name;
            var mixed = "  " + string.Concat(name.Select((letter, at) => upper[at % 40] ? char.ToUpperInvariant(letter) : char.ToLowerInvariant(letter))).Replace(" ", "   ", StringComparison.Ordinal) + " ";
            Assert.Equal(Resolver.Resolve(Whole, name, []).Entries.AsEnumerable(), Resolver.Resolve(Whole, mixed, []).Entries);
        });

    [Fact]
    public void The_order_of_the_concepts_changes_nothing() =>
        Gen.Select(Gen.Int[0, Everything.Length - 1], Gen.Shuffle(Enumerable.Range(0, 60).ToArray()), Gen.OneOf(Gen.Const(""), Gen.Const("level"), Gen.Const("diabetes"), Gen.Const("statin"), Gen.Const("appendectmy"))).Sample((start, order, words) =>
        {
            var part = Enumerable.Range(0, 60).Select(offset => Everything[(start + (offset * 7)) % Everything.Length]).Distinct().ToArray();
            var shuffled = order.Where(at => at < part.Length).Select(at => part[at]).ToArray();
            var asked = words.Length == 0 ? part[0].Name : words;
            var straight = Resolver.Resolve(Index(part), asked, []);
            var other = Resolver.Resolve(Index(shuffled), asked, []);
            Assert.Equal(straight.Entries.Select(entry => entry.Codings[0].Code), other.Entries.Select(entry => entry.Codings[0].Code));
            Assert.Equal(straight.Match.Left, other.Match.Left);
            Assert.Equal(straight.Match.How, other.Match.How);
        });

    [Fact]
    public void A_drug_name_with_one_typing_error_never_resolves()
    {
        var drugs = Vocabulary.Terms
            .Where(term => term.Category == VocabularyCategory.Drug)
            .SelectMany(term => term.Names)
            .Where(name => name.Length >= 6 && name.All(char.IsAsciiLetter))
            .ToArray();
        Gen.Select(Gen.Int[0, drugs.Length - 1], Gen.Int[1, 4], Gen.Int[0, 100], Gen.Char['a', 'z']).Sample((index, edit, at, letter) =>
        {
            var name = drugs[index].ToLowerInvariant();
            at %= name.Length - 1;
            var wrong = edit switch
            {
                1 => name.Remove(at, 1),
                2 => name.Insert(at, letter.ToString()),
                3 => string.Concat(name.AsSpan(0, at), letter.ToString(), name.AsSpan(at + 1)),
                _ => string.Concat(name.AsSpan(0, at), name[at + 1].ToString(), name[at].ToString(), name.AsSpan(at + 2)),
            };
            // The error may give another real word, or a plural, which is not an error to the reader.
            if (Vocabulary.TryFind(wrong, out _) || Vocabulary.Terms.Any(term => term.Names.Any(other => other.Split(' ', '-', '/').Contains(wrong, StringComparer.OrdinalIgnoreCase))))
                return;

            var resolved = Resolver.Resolve(Whole, wrong, []);
            Assert.True(resolved.Entries.IsEmpty, $"{wrong} ({name}) was taken for {string.Join(", ", resolved.Match.Taken)} by {resolved.Match.How}");
            Assert.False(resolved.IsKnown);
        });
    }

    [Fact]
    public void Every_name_of_the_vocabulary_finds_the_entry_named_by_its_term() =>
        Assert.All(
            Vocabulary.Terms.Where(term => !term.IsGroup).SelectMany(term => term.Names.Select(name => (term, name))),
            pair =>
            {
                var chart = Index(Entry(pair.term.Name, "urn:example", "x", pair.term.Kinds[0]));
                Assert.True(Resolver.Resolve(chart, pair.name, [pair.term.Kinds[0]]).Entries.Length == 1, $"'{pair.name}' does not find '{pair.term.Name}'");
            });

    [Fact]
    public void Any_text_resolves_without_an_exception() =>
        Gen.Select(Gen.String[0, 120], Gen.Enum<RecordKind>()).Sample((words, kind) => { Resolver.Resolve(Whole, words, [kind]); });
}
