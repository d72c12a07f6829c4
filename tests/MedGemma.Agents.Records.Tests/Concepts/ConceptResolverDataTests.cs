using System.Diagnostics;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Tests.Building;
using static MedGemma.Agents.Records.Tests.Concepts.ConceptEntries;

namespace MedGemma.Agents.Records.Tests.Concepts;

public sealed class ConceptResolverDataTests
{
    private static readonly ConceptResolver Resolver = new(ConceptVocabulary.BuiltIn);

    [Fact]
    public void Every_display_of_mimic_takes_exactly_the_entries_that_have_it()
    {
        var folder = RawRecords.Shared("mimic-demo");
        Assert.SkipWhen(folder is null, "The MIMIC demo files are not here.");
        foreach (var raw in RawRecords.OfFolder(folder))
            AssertDisplays(new RecordBuilder(TimeZoneInfo.Utc).Build(raw).Concepts);
    }

    [Fact]
    public void Every_display_of_synthea_takes_exactly_the_entries_that_have_it()
    {
        var folder = RawRecords.Shared("synthea");
        Assert.SkipWhen(folder is null, "The Synthea bundles are not here.");
        foreach (var path in Directory.GetFiles(folder, "*.json.gz"))
            AssertDisplays(new RecordBuilder(TimeZoneInfo.Utc).Build(RawRecords.OfBundle(RawRecords.ReadGzip(path))).Concepts);
    }

    [Fact]
    public void Five_thousand_concepts_resolve_in_well_under_a_millisecond()
    {
        var index = Index(Enumerable.Range(0, 5000).Select(number => Entry(
            $"{ConceptVocabulary.BuiltIn.Terms[number % ConceptVocabulary.BuiltIn.Terms.Length].Name} variant {number}",
            "urn:example",
            $"c{number}",
            ConceptVocabulary.BuiltIn.Terms[number % ConceptVocabulary.BuiltIn.Terms.Length].Kinds[0])));
        string[] questions = ["HbA1c", "blood thinner", "diabetes", "appendectmy", "metformim", "potassium level", "zzz unheard of", "metformin variant 17", "c4711", "kidney function"];
        foreach (var words in questions)
            Resolver.Resolve(index, words, []);

        const int Rounds = 50;
        var watch = Stopwatch.StartNew();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var words in questions)
                Resolver.Resolve(index, words, []);
        }

        var milliseconds = watch.Elapsed.TotalMilliseconds / (Rounds * questions.Length);
        TestContext.Current.TestOutputHelper?.WriteLine($"{milliseconds:0.000} ms a resolution");
        Assert.True(milliseconds < 2, $"{milliseconds} ms");
    }

    private static void AssertDisplays(ConceptIndex index)
    {
        foreach (var name in index.Entries.SelectMany(entry => entry.Names).Distinct(StringComparer.Ordinal))
        {
            var named = index.Entries.Where(entry => entry.Names.Contains(name, StringComparer.OrdinalIgnoreCase)).ToList();
            var kinds = named[0].Kinds;
            var own = named.Where(entry => entry.Kinds.Any(kinds.Contains)).ToList();
            var resolved = Resolver.Resolve(index, name, kinds);
            Assert.All(own, entry => Assert.Contains(entry, resolved.Entries));
            Assert.All(resolved.Entries.Except(own), entry => Assert.True(IsSameThing(index, name, entry), $"'{name}' also took '{entry.Name}' by {resolved.Match.How}"));
        }
    }

    /// <summary>More is taken only for spelling variants, for bare codes that share a code with one of them, and for the other codes of one laboratory or vital sign analyte.</summary>
    private static bool IsSameThing(ConceptIndex index, string name, ConceptEntry entry) =>
        IsSpelledAs(entry, name)
        || index.Entries.Any(other => IsSpelledAs(other, name) && entry.Codings.Any(coding => other.Codings.Any(theirs => theirs.System == coding.System && theirs.Code == coding.Code)))
        || (entry.Kinds.Any(KindFamilies.IsMeasurement) && ConceptVocabulary.BuiltIn.Find(name).Any(term => term.Category is VocabularyCategory.Laboratory or VocabularyCategory.VitalSign));

    private static bool IsSpelledAs(ConceptEntry entry, string name) => entry.Names.Any(other => PhraseText.Key(other) == PhraseText.Key(name));
}
