using System.Collections.Concurrent;
using System.Collections.Immutable;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Concepts;

/// <summary>The concepts of one record, searchable by code, name and word. Built once a record; safe for concurrent use.</summary>
internal sealed class ConceptLookup
{
    private readonly Dictionary<string, List<int>> _byCode = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(string Family, string Code), List<int>> _byFamilyCode = [];
    private readonly Dictionary<string, (string Code, int Id)[]> _sortedCodes;
    private readonly Dictionary<string, List<int>> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _byWord = new(StringComparer.Ordinal);
    private readonly string[][][] _names;
    private readonly string[] _sortedWords;

    public ConceptLookup(ConceptIndex index)
    {
        // The order of the index must not show in any result.
        Entries = [.. index.Entries.OrderBy(entry => entry.Name, StringComparer.Ordinal).ThenBy(entry => string.Join('\n', entry.Codings.Select(coding => $"{coding.System}|{coding.Code}")), StringComparer.Ordinal)];
        _names = new string[Entries.Length][][];
        for (var id = 0; id < Entries.Length; id++)
            ReadCodes(id);

        for (var id = 0; id < Entries.Length; id++)
            ReadNames(id);

        _sortedCodes = _byFamilyCode
            .SelectMany(pair => pair.Value.Select(id => (pair.Key.Family, pair.Key.Code, Id: id)))
            .GroupBy(row => row.Family)
            .ToDictionary(group => group.Key, group => group.Select(row => (row.Code, row.Id)).OrderBy(row => row.Code, StringComparer.Ordinal).ToArray());
        var readable = Enumerable.Range(0, Entries.Length).Where(id => _names[id].Length > 0).SelectMany(id => Entries[id].Resources).Select(resource => resource.Key).ToHashSet();
        Unreadable = [.. Enumerable.Range(0, Entries.Length).Where(id => _names[id].Length == 0 && (Entries[id].Resources.Length == 0 || !Entries[id].Resources.All(resource => readable.Contains(resource.Key))))];
        _sortedWords = [.. _byWord.Keys.Order(StringComparer.Ordinal)];
        MedicationWords = new WordIndex(_byWord.Where(pair => pair.Value.Exists(IsDrug)).Select(pair => pair.Key));
        OtherWords = new WordIndex(_byWord.Where(pair => !pair.Value.TrueForAll(IsDrug)).Select(pair => pair.Key));
    }

    public ImmutableArray<ConceptEntry> Entries { get; }

    /// <summary>Words of the names of drugs.</summary>
    public WordIndex MedicationWords { get; }

    /// <summary>Words of the names of everything else.</summary>
    public WordIndex OtherWords { get; }

    /// <summary>What each term of the vocabulary matches here, found once.</summary>
    public ConcurrentDictionary<VocabularyTerm, TermMatch> Matches { get; } = new();

    /// <summary>Entries without a name that words can be compared with, neither their own nor that of an entry with the same code, and of which something goes by no other name.</summary>
    public ImmutableArray<int> Unreadable { get; }

    /// <summary>The names of an entry as reduced words.</summary>
    public string[][] Names(int id) => _names[id];

    /// <summary>The name of an entry for people: its own, or where that is a bare code the first readable one.</summary>
    public string DisplayName(int id) => OwnNames(Entries[id]).Contains(Entries[id].Name, StringComparer.Ordinal)
        ? Entries[id].Name
        : OwnNames(Entries[id]).FirstOrDefault() ?? Entries[id].Name;

    public bool IsDrug(int id) => Entries[id].Kinds.Any(KindFamilies.IsDrug);

    public bool IsOfKind(int id, IReadOnlySet<RecordKind>? kinds) => kinds is null || Entries[id].Kinds.Any(kinds.Contains) || MeasuredKinds.MayBe(Entries[id].Kinds, kinds);

    /// <summary>Entries with a code as it stands in the record, in any case, optionally <c>system|code</c>.</summary>
    public IEnumerable<int> WithCode(string words)
    {
        var text = words.Trim();
        if (_byCode.TryGetValue(text, out var ids))
            return ids;

        var bar = text.LastIndexOf('|');
        if (bar <= 0 || !_byCode.TryGetValue(text[(bar + 1)..], out ids))
            return [];

        var (system, code) = (text[..bar], text[(bar + 1)..]);
        return ids.Where(id => Entries[id].Codings.Any(coding =>
            string.Equals(coding.System, system, StringComparison.OrdinalIgnoreCase) && string.Equals(coding.Code, code, StringComparison.OrdinalIgnoreCase)));
    }

    public IReadOnlyList<int> WithCode(string family, string code) => _byFamilyCode.TryGetValue((family, code), out var ids) ? ids : [];

    /// <summary>Entries with a code of a system that begins with a prefix.</summary>
    public IEnumerable<int> WithCodePrefix(string family, string prefix)
    {
        if (!_sortedCodes.TryGetValue(family, out var codes))
            yield break;

        var (low, high) = (0, codes.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(codes[middle].Code, prefix) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        for (; low < codes.Length && codes[low].Code.StartsWith(prefix, StringComparison.Ordinal); low++)
            yield return codes[low].Id;
    }

    /// <summary>Entries one of whose names is exactly this one.</summary>
    public IReadOnlyList<int> WithName(string key) => _byKey.TryGetValue(key, out var ids) ? ids : [];

    /// <summary>Entries whose names together have every one of the words.</summary>
    public IEnumerable<int> WithWords(IReadOnlyCollection<string> words)
    {
        List<int>? fewest = null;
        foreach (var word in words)
        {
            if (!_byWord.TryGetValue(word, out var ids))
                return [];
            if (fewest is null || ids.Count < fewest.Count)
                fewest = ids;
        }

        if (fewest is null)
            return [];

        return words.Count == 1 ? fewest : fewest.Where(id => words.All(word => Array.Exists(_names[id], name => name.Contains(word, StringComparer.Ordinal))));
    }

    /// <summary>Entries one of whose names has the words one after another.</summary>
    public IEnumerable<int> WithRun(string[] run) => WithWords(run).Where(id => Array.Exists(_names[id], name => TokenRun.Contains(name, run)));

    /// <summary>Words of the record that begin with a prefix.</summary>
    public IEnumerable<string> WordsBeginning(string prefix)
    {
        var index = Array.BinarySearch(_sortedWords, prefix, StringComparer.Ordinal);
        for (index = index < 0 ? ~index : index; index < _sortedWords.Length && _sortedWords[index].StartsWith(prefix, StringComparison.Ordinal); index++)
            yield return _sortedWords[index];
    }

    public bool HasWord(string word) => _byWord.ContainsKey(word);

    private static IEnumerable<string> OwnNames(ConceptEntry entry)
    {
        var codes = entry.Codings.Select(coding => coding.Code).ToHashSet(StringComparer.Ordinal);
        return entry.Names.Append(entry.Name)
            .Concat(entry.Codings.Select(coding => coding.Display ?? ""))
            .Concat(entry.Codings.Select(coding => coding.Code ?? "").Where(LooksLikeWords))
            .Where(name => name.Length > 0 && (LooksLikeWords(name) || !codes.Contains(name)))
            .Distinct(StringComparer.Ordinal);
    }

    /// <summary>Some systems use names as codes ("Docusate Sodium"); identifiers such as DOCU100 say nothing to a reader.</summary>
    private static bool LooksLikeWords(string code)
    {
        var lower = 0;
        foreach (var letter in code)
        {
            lower = char.IsLower(letter) ? lower + 1 : 0;
            if (lower >= 3)
                return true;
        }

        return code.Contains(' ', StringComparison.Ordinal) && code.Any(char.IsLetter);
    }

    private void ReadCodes(int id)
    {
        foreach (var coding in Entries[id].Codings)
        {
            if (string.IsNullOrEmpty(coding.Code))
                continue;

            Add(_byCode, coding.Code, id);
            if (CodeSystems.Family(coding.System) is { } family)
                Add(_byFamilyCode, (family, CodeSystems.Normalize(family, coding.Code)), id);
        }
    }

    private void ReadNames(int id)
    {
        var names = OwnNames(Entries[id]).ToList();
        if (names.Count == 0)
        {
            names = [.. Lenders(id).SelectMany(lender => OwnNames(Entries[lender])).Distinct(StringComparer.Ordinal)];
        }

        _names[id] = [.. names.Select(PhraseText.Tokens).Where(tokens => tokens.Length > 0).DistinctBy(tokens => string.Join(' ', tokens))];
        foreach (var name in _names[id])
        {
            Add(_byKey, PhraseText.Key(name), id);
            foreach (var word in name)
                Add(_byWord, word, id);
        }
    }

    /// <summary>An administration that has only a formulary code is named by the order that has the same code and a name.</summary>
    private IEnumerable<int> Lenders(int id) => Entries[id].Codings
        .Where(coding => !string.IsNullOrEmpty(coding.Code))
        .SelectMany(coding => _byCode[coding.Code!].Where(other => other != id && Entries[other].Codings.Any(theirs => theirs.System == coding.System && theirs.Code == coding.Code)));

    private static void Add<TKey>(Dictionary<TKey, List<int>> map, TKey key, int id)
        where TKey : notnull
    {
        if (!map.TryGetValue(key, out var ids))
            map[key] = ids = [];
        if (ids.Count == 0 || ids[^1] != id)
            ids.Add(id);
    }
}
