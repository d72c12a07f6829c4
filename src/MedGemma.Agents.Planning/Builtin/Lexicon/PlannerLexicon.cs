using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using MedGemma.Agents.Planning.Builtin.Language;

namespace MedGemma.Agents.Planning.Builtin.Lexicon;

/// <summary>The built-in planner's words: topics by phrase, and the words that carry no condition.</summary>
internal sealed class PlannerLexicon
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private readonly FrozenDictionary<string, Topic> _topics;
    private readonly FrozenSet<string> _glue;
    private readonly FrozenSet<string> _realWords;
    private readonly FrozenSet<string> _noNames;
    private readonly FrozenDictionary<string, Operation> _operations;

    private PlannerLexicon(TopicFile topics, WordFile glue, WordFile realWords, WordFile noNames, OperationFile operations)
    {
        _operations = operations.Operations.SelectMany(operation => operation.Parts.Select(part => (part, operation))).ToFrozenDictionary(pair => pair.part, pair => pair.operation, StringComparer.Ordinal);
        var byPhrase = new Dictionary<string, Topic>(StringComparer.Ordinal);
        foreach (var topic in topics.Topics)
        {
            foreach (var words in topic.Words)
            {
                var phrase = QuestionText.Normalize(words);
                if (!byPhrase.TryAdd(phrase, topic))
                    throw new InvalidDataException($"topics.json: '{words}' belongs to both '{byPhrase[phrase].Name}' and '{topic.Name}'");
                LongestPhrase = Math.Max(LongestPhrase, phrase.Count(c => c == ' ') + 1);
            }
        }

        _topics = byPhrase.ToFrozenDictionary(StringComparer.Ordinal);
        _glue = glue.Words.ToFrozenSet(StringComparer.Ordinal);
        _realWords = realWords.Words.ToFrozenSet(StringComparer.Ordinal);
        _noNames = noNames.Words.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The words that ship with the planner.</summary>
    public static PlannerLexicon Default { get; } = new(Read<TopicFile>("topics.json"), Read<WordFile>("glue.json"), Read<WordFile>("real-words.json"), Read<WordFile>("no-names.json"), Read<OperationFile>("operations.json"));

    /// <summary>Tokens in the longest phrase.</summary>
    public int LongestPhrase { get; }

    /// <summary>Single words that say what a question is about or how it is put.</summary>
    public IEnumerable<string> Words => _topics.Keys.Where(phrase => !phrase.Contains(' ', StringComparison.Ordinal)).Concat(_glue);

    public Topic? FindTopic(string phrase) => _topics.GetValueOrDefault(phrase);

    /// <summary>What can be done to a part of the body that a phrase names, or null.</summary>
    public Operation? FindOperation(string phrase) => _operations.GetValueOrDefault(phrase);

    public bool IsGlue(string word) => _glue.Contains(word);

    /// <summary>Whether a word near one of the planner's means something else: "decreased" is no "deceased".</summary>
    public bool IsRealWord(string word) => _realWords.Contains(word);

    /// <summary>Whether a word stands in many names and is never one by itself: "other", "due", "partial".</summary>
    public bool IsNoName(string word) => _noNames.Contains(word);

    private static T Read<T>(string name)
    {
        using var stream = typeof(PlannerLexicon).Assembly.GetManifestResourceStream($"Lexicon/{name}")
            ?? throw new InvalidDataException($"The resource Lexicon/{name} is not in the assembly");
        return JsonSerializer.Deserialize<T>(stream, s_json) ?? throw new InvalidDataException($"{name} is empty");
    }

    private sealed record TopicFile(string Source, IReadOnlyList<Topic> Topics);

    private sealed record OperationFile(string Source, IReadOnlyList<Operation> Operations);

    private sealed record WordFile(string Source, IReadOnlyList<string> Words);
}
