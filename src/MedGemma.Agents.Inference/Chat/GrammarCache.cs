using System.Collections.Concurrent;
using System.Text.Json;
using MedGemma.Agents.Inference.Grammars;

namespace MedGemma.Agents.Inference.Chat;

/// <summary>Grammars by the text of their schemas: an agent asks with the same few schemas all the time. Safe on any thread.</summary>
internal sealed class GrammarCache
{
    private const int MostKept = 256;

    private readonly ConcurrentDictionary<string, GrammarResult> _kept = new(StringComparer.Ordinal);

    public static JsonElement AnyObject { get; } = JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["type"] = "object" });

    public GrammarResult Of(IReadOnlyList<GrammarAlternative> alternatives)
    {
        var key = string.Join('\0', alternatives.Select(alternative => $"{alternative.Before}\0{alternative.Schema.GetRawText()}\0{alternative.After}"));
        if (_kept.TryGetValue(key, out var known))
            return known;

        // Schemas come from callers: whoever sends ever new ones empties the cache and fills no memory.
        if (_kept.Count >= MostKept)
            _kept.Clear();

        return _kept[key] = JsonSchemaGrammar.Compile(alternatives);
    }
}
