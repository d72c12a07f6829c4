using System.Collections;
using System.Collections.Frozen;
using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Llama;

namespace MedGemma.Agents.Inference.Engine.Prompts;

/// <summary>What the engine needs to know of each token of a vocabulary. Safe for concurrent calls.</summary>
internal sealed class TokenTable
{
    private readonly LlamaVocabulary _vocabulary;
    private readonly FrozenDictionary<ControlToken, int> _ids;
    private readonly FrozenDictionary<int, ControlToken> _controls;
    private readonly BitArray _reserved;
    private readonly BitArray _ends;
    private readonly byte[]?[] _pieces;

    public TokenTable(LlamaVocabulary vocabulary)
    {
        _vocabulary = vocabulary;
        _pieces = new byte[vocabulary.Count][];
        _reserved = new BitArray(vocabulary.Count);
        _ends = new BitArray(vocabulary.Count);
        for (var token = 0; token < vocabulary.Count; token++)
        {
            _reserved[token] = vocabulary.IsControl(token);
            _ends[token] = vocabulary.EndsGeneration(token);
        }

        _ids = Find(vocabulary).ToFrozenDictionary();
        _controls = _ids.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);
        foreach (var token in _controls.Keys)
            _reserved[token] = true;
    }

    /// <summary>How many tokens there are.</summary>
    public int Count => _vocabulary.Count;

    /// <summary>Whether the vocabulary has the control token.</summary>
    public bool Has(ControlToken control) => _ids.ContainsKey(control);

    /// <summary>The number of a control token.</summary>
    /// <exception cref="RequestRefusedException">The vocabulary has none such.</exception>
    public int Id(ControlToken control) =>
        _ids.TryGetValue(control, out var id) ? id : throw new RequestRefusedException("messages", $"The model has no token {ControlTokens.Spellings[control]}.");

    /// <summary>Which control token it is; null for text.</summary>
    public ControlToken? Control(int token) => _controls.TryGetValue(token, out var control) ? control : null;

    /// <summary>Whether the token may never come of text.</summary>
    public bool IsReserved(int token) => _reserved[token];

    /// <summary>Whether the model ends its output with it.</summary>
    public bool Ends(int token) => _ends[token];

    /// <summary>The token as the file spells it.</summary>
    public string Spelling(int token) => _vocabulary.Spelling(token);

    /// <summary>The bytes that the token writes; none for control tokens. Not to be changed.</summary>
    public byte[] Piece(int token) => _pieces[token] ??= _reserved[token] ? [] : _vocabulary.Piece(token);

    // The usual numbers are tried first: spelling out a large vocabulary takes longer.
    private static Dictionary<ControlToken, int> Find(LlamaVocabulary vocabulary)
    {
        var found = new Dictionary<ControlToken, int>();
        var missing = new Dictionary<string, ControlToken>(StringComparer.Ordinal);
        foreach (var (control, spelling) in ControlTokens.Spellings)
        {
            if ((int)control < vocabulary.Count && vocabulary.Spelling((int)control) == spelling)
                found[control] = (int)control;
            else
                missing[spelling] = control;
        }

        for (var token = 0; token < vocabulary.Count && missing.Count > 0; token++)
        {
            if (missing.Remove(vocabulary.Spelling(token), out var control))
                found[control] = token;
        }

        return found;
    }
}
