using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Grammars;
using MedGemma.Agents.Inference.Llama;

namespace MedGemma.Agents.Inference.Engine.Prompts;

/// <summary>Grammars in the engine's form, which takes a while to make; each request gets a copy. Safe for concurrent calls.</summary>
/// <param name="vocabulary">The model's vocabulary.</param>
internal sealed class GrammarStore(LlamaVocabulary vocabulary) : IDisposable
{
    private const int MostKept = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<Grammar, LlamaGrammar> _kept = [];

    /// <summary>A copy of a grammar, at its start.</summary>
    /// <exception cref="RequestRefusedException">It is none that the engine can read.</exception>
    public LlamaGrammar Copy(Grammar grammar)
    {
        lock (_gate)
        {
            if (!_kept.TryGetValue(grammar, out var made))
            {
                made = LlamaGrammar.Parse(vocabulary, grammar.Gbnf) ?? throw new RequestRefusedException("grammar", "The grammar cannot be read.");
                if (_kept.Count >= MostKept)
                    Clear();

                _kept[grammar] = made;
            }

            return made.Copy();
        }
    }

    public void Dispose()
    {
        lock (_gate)
            Clear();
    }

    private void Clear()
    {
        foreach (var made in _kept.Values)
            made.Dispose();

        _kept.Clear();
    }
}
