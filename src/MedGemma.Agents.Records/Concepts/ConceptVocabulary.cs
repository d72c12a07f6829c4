using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace MedGemma.Agents.Records.Concepts;

/// <summary>What the words of medicine mean, whether or not a record has them: the embedded files of <c>Concepts/Vocabulary</c> and a folder of one's own. Immutable, safe for concurrent use.</summary>
public sealed class ConceptVocabulary
{
    private const int LongestPhrase = 9;
    private const int LongestAbbreviation = 2;

    // Words around a name that say nothing about which thing is meant.
    private static readonly FrozenSet<string> Noise = FrozenSet.Create(
        StringComparer.Ordinal,
        "level", "test", "result", "value", "reading", "measurement", "lab", "check", "medication", "medicine", "drug", "med", "pill", "tablet", "tab", "capsule", "dose", "prescription", "treatment", "therapy", "finding",
        "the", "a", "an", "my", "his", "her", "their", "patient", "any", "some", "of", "diagnosi", "diagnosis", "history");

    private static readonly FrozenSet<string> BloodWords = FrozenSet.Create(StringComparer.Ordinal, "serum", "plasma", "blood", "venous");

    private readonly FrozenDictionary<string, ImmutableArray<VocabularyTerm>> _byKey;
    private readonly FrozenDictionary<string, ImmutableArray<VocabularyTerm>> _byName;
    private readonly FrozenDictionary<string, ImmutableArray<VocabularyTerm>> _combinations;
    private readonly FrozenDictionary<string, ImmutableArray<VocabularyTerm>> _byLoinc;
    private readonly FrozenDictionary<string, ImmutableArray<VocabularyTerm>> _groups;

    private ConceptVocabulary(ImmutableArray<VocabularyTerm> terms)
    {
        Terms = terms;
        _byKey = terms
            .SelectMany(term => term.Names.Select(name => (Key: PhraseText.Key(name), Term: term)).DistinctBy(pair => pair.Key))
            .GroupBy(pair => pair.Key, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.Select(pair => pair.Term).ToImmutableArray(), StringComparer.Ordinal);
        _byName = terms.GroupBy(term => PhraseText.Key(term.Name), StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray(), StringComparer.Ordinal);
        _combinations = Invert(term => term.Ingredients);
        _groups = Invert(term => term.Members);
        _byLoinc = terms
            .SelectMany(term => term.Codes.Where(code => code.System == CodeSystems.Loinc).Select(code => (code.Code, Term: term)))
            .GroupBy(pair => pair.Code!, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.Select(pair => pair.Term).ToImmutableArray(), StringComparer.Ordinal);
        DrugWords = new WordIndex(terms
            .Where(term => term.Category is VocabularyCategory.Drug)
            .SelectMany(term => term.Names.SelectMany(PhraseText.Tokens)));
        OtherWords = new WordIndex(terms
            .Where(term => term.Category is not (VocabularyCategory.Drug or VocabularyCategory.DrugClass))
            .SelectMany(term => term.Names.SelectMany(PhraseText.Tokens)));

        FrozenDictionary<string, ImmutableArray<VocabularyTerm>> Invert(Func<VocabularyTerm, ImmutableArray<string>> parts) => terms
            .SelectMany(term => parts(term).Select(part => (Key: PhraseText.Key(part), Term: term)))
            .GroupBy(pair => pair.Key, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.Select(pair => pair.Term).Distinct().ToImmutableArray(), StringComparer.Ordinal);
    }

    /// <summary>The embedded vocabulary.</summary>
    public static ConceptVocabulary BuiltIn { get; } = new(Checked(VocabularyReader.ReadEmbedded()));

    /// <summary>Every term.</summary>
    public ImmutableArray<VocabularyTerm> Terms { get; }

    /// <summary>The words of drug names, which are never guessed at.</summary>
    internal WordIndex DrugWords { get; }

    /// <summary>The words of every other name.</summary>
    internal WordIndex OtherWords { get; }

    /// <summary>Loads the embedded vocabulary and the files of a folder.</summary>
    /// <param name="options">Where further files are.</param>
    /// <exception cref="InvalidDataException">A file is missing or wrong; the message names it and the entry.</exception>
    public static ConceptVocabulary Load(ConceptOptions options) => string.IsNullOrEmpty(options.VocabularyFolder)
        ? BuiltIn
        : new ConceptVocabulary(Checked(VocabularyReader.ReadEmbedded().Concat(VocabularyReader.ReadFolder(options.VocabularyFolder))));

    /// <summary>Finds what words mean, ignoring case, spacing, plural and words such as "level" or "test" around them.</summary>
    /// <param name="words">The words.</param>
    /// <param name="term">The first meaning; <see cref="Find(string)"/> gives all.</param>
    /// <returns>False when the vocabulary does not know the words.</returns>
    public bool TryFind(string words, [NotNullWhen(true)] out VocabularyTerm? term)
    {
        var tokens = PhraseText.Tokens(words);
        var found = Find(tokens);
        if (found.IsEmpty && FindWithin(tokens) is { Terms: [{ Category: VocabularyCategory.Drug }, ..] drugs, Remaining: var rest } && rest.All(Qualifiers.IsSalt))
            found = drugs;

        term = found.IsEmpty ? null : found[0];
        return term is not null;
    }

    /// <summary>Finds every meaning of words; empty when they are unknown.</summary>
    /// <param name="words">The words.</param>
    public ImmutableArray<VocabularyTerm> Find(string words) => Find(PhraseText.Tokens(words));

    /// <summary>Finds the longest runs of known words in a sentence, from left to right, without overlap.</summary>
    /// <param name="words">The words of the sentence as written.</param>
    public IReadOnlyList<VocabularyPhrase> FindPhrases(IReadOnlyList<string> words)
    {
        var tokens = words.Select(PhraseText.Tokens).ToArray();
        var found = new List<VocabularyPhrase>();
        for (var start = 0; start < words.Count; start++)
        {
            for (var length = Math.Min(LongestPhrase, words.Count - start); length > 0; length--)
            {
                if (tokens[start].Length == 0 || tokens[start + length - 1].Length == 0)
                    continue;

                var key = PhraseText.Key(tokens.AsSpan(start, length).ToArray().SelectMany(run => run).ToArray());
                if (!_byKey.TryGetValue(key, out var terms) || (key.Length <= LongestAbbreviation && !IsWrittenAsAbbreviation(words[start])))
                    continue;

                // A salt belongs to the name of its drug.
                while (start + length < words.Count && terms[0].Category == VocabularyCategory.Drug && tokens[start + length] is [var next] && Qualifiers.IsSalt(next))
                    length++;

                found.Add(new VocabularyPhrase(start, length, terms));
                start += length - 1;
                break;
            }
        }

        return found;
    }

    internal ImmutableArray<VocabularyTerm> Find(ReadOnlySpan<string> tokens)
    {
        if (tokens.IsEmpty)
            return [];

        if (_byKey.TryGetValue(PhraseText.Key(tokens), out var terms))
            return terms;

        var bare = tokens;
        while (bare.Length > 1 && Noise.Contains(bare[^1]))
            bare = bare[..^1];
        while (bare.Length > 1 && Noise.Contains(bare[0]))
            bare = bare[1..];

        if (bare.Length < tokens.Length && _byKey.TryGetValue(PhraseText.Key(bare), out terms))
            return terms;

        // "serum potassium" is potassium: laboratory terms mean blood unless they say otherwise.
        if (bare.Length > 1 && BloodWords.Contains(bare[0]) && _byKey.TryGetValue(PhraseText.Key(bare[1..]), out terms))
            return terms.RemoveAll(term => term.Category != VocabularyCategory.Laboratory);

        return [];
    }

    /// <summary>The longest known run of words in a longer name, with the words that are left; empty when there is none.</summary>
    internal (ImmutableArray<VocabularyTerm> Terms, string[] Remaining) FindWithin(string[] tokens)
    {
        for (var length = tokens.Length - 1; length > 0; length--)
        {
            for (var start = 0; start + length <= tokens.Length; start++)
            {
                var key = PhraseText.Key(tokens.AsSpan(start, length));
                if (key.Length > LongestAbbreviation && _byKey.TryGetValue(key, out var terms))
                    return (terms, [.. tokens[..start], .. tokens[(start + length)..]]);
            }
        }

        return ([], tokens);
    }

    internal IEnumerable<VocabularyTerm> Members(VocabularyTerm term) => Named(term.Members);

    internal IEnumerable<VocabularyTerm> Ingredients(VocabularyTerm term) => Named(term.Ingredients);

    internal IEnumerable<VocabularyTerm> Near(VocabularyTerm term) => Named(term.Near);

    /// <summary>The combination products that contain a drug.</summary>
    internal ImmutableArray<VocabularyTerm> Combinations(VocabularyTerm term) => _combinations.GetValueOrDefault(PhraseText.Key(term.Name), []);

    /// <summary>The groups a term belongs to.</summary>
    internal ImmutableArray<VocabularyTerm> Groups(VocabularyTerm term) => _groups.GetValueOrDefault(PhraseText.Key(term.Name), []);

    /// <summary>The terms that a LOINC code is listed for.</summary>
    internal ImmutableArray<VocabularyTerm> OfLoinc(string code) => _byLoinc.GetValueOrDefault(code, []);

    private static ImmutableArray<VocabularyTerm> Checked(IEnumerable<VocabularyTerm> terms)
    {
        var merged = VocabularyMerger.Merge(terms);
        VocabularyMerger.CheckReferences(merged);
        return merged;
    }

    private static bool IsWrittenAsAbbreviation(string word) => char.IsUpper(word[0]) || word is "bp" or "hr" or "rr" or "o2";

    private IEnumerable<VocabularyTerm> Named(ImmutableArray<string> names) =>
        names.SelectMany(name => _byName.GetValueOrDefault(PhraseText.Key(name), []));
}
