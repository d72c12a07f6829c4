using System.Collections.Frozen;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Models.Gguf;

namespace MedGemma.Agents.Inference.Models;

/// <summary>
/// The vocabulary of a model, as far as it must be sane: SentencePiece, no token twice, all 256 bytes (without them the engine ends the process when it meets an unknown
/// character), and the tokens of a chat as control tokens (otherwise text of a note could become one).
/// </summary>
internal sealed record Vocabulary(int Count, FrozenDictionary<ControlToken, int> ControlTokens)
{
    private const int ControlType = 3;
    private const int ByteType = 6;
    private const int MostTokens = 4 << 20;

    private static readonly ControlToken[] Needed = [ControlToken.BeginOfSequence, ControlToken.EndOfSequence, ControlToken.StartOfTurn, ControlToken.EndOfTurn];

    public static Vocabulary Read(GgufMetadata metadata)
    {
        if (metadata.Text("tokenizer.ggml.model") is var kind && kind != "llama")
            throw Damaged($"its vocabulary is of the kind {Quoted.Text(kind ?? "")}; that of Gemma 3 is SentencePiece (llama)");
        var tokens = metadata.Texts("tokenizer.ggml.tokens") ?? throw Damaged("tokenizer.ggml.tokens is missing");
        var types = metadata.Numbers("tokenizer.ggml.token_type", GgufValueType.Int32) ?? throw Damaged("tokenizer.ggml.token_type is missing");
        var scores = metadata.Numbers("tokenizer.ggml.scores", GgufValueType.Float32) ?? throw Damaged("tokenizer.ggml.scores is missing");
        if (tokens.Count is 0 or > MostTokens || types.Count != tokens.Count || scores.Count != tokens.Count)
            throw Damaged($"its vocabulary has {tokens.Count} tokens, {types.Count} types and {scores.Count} scores");
        foreach (var score in MemoryMarshal.Cast<byte, float>(scores.Data.Span))
        {
            if (float.IsNaN(score))
                throw Damaged("a token has a score that is no number");
        }

        var ids = Ids(tokens);
        CheckBytes(ids, types);
        CheckNumbers(metadata, tokens.Count);
        return new(tokens.Count, Control(ids, types));
    }

    // Keyed by the bytes as Latin-1, so that texts that are not well-formed stay different.
    private static Dictionary<string, int> Ids(GgufValue.Texts tokens)
    {
        var ids = new Dictionary<string, int>(tokens.Count, StringComparer.Ordinal);
        for (var id = 0; id < tokens.Count; id++)
        {
            var text = Encoding.Latin1.GetString(tokens.Utf8(id));
            // The engine takes a zero for the end of the text.
            if (text.Length == 0 || text.Contains('\0') || !ids.TryAdd(text, id))
                throw Damaged($"the token {id} of its vocabulary is empty, there twice, or has a zero in it");
        }

        return ids;
    }

    private static void CheckBytes(Dictionary<string, int> ids, GgufValue.Numbers types)
    {
        for (var value = 0; value < 256; value++)
        {
            var spelling = string.Create(CultureInfo.InvariantCulture, $"<0x{value:X2}>");
            if (!ids.TryGetValue(spelling, out var id) || Type(types, id) != ByteType)
                throw Damaged($"its vocabulary lacks the token of the byte {spelling}");
        }
    }

    private static void CheckNumbers(GgufMetadata metadata, int count)
    {
        foreach (var key in metadata.Keys.Where(key => key.StartsWith("tokenizer.ggml.", StringComparison.Ordinal) && key.EndsWith("_token_id", StringComparison.Ordinal)))
        {
            if (metadata.Number(key) >= count)
                throw Damaged($"{key} is {metadata.Number(key)}, beyond its vocabulary of {count} tokens");
        }

        foreach (var (key, id) in new[] { ("tokenizer.ggml.bos_token_id", ControlToken.BeginOfSequence), ("tokenizer.ggml.eos_token_id", ControlToken.EndOfSequence) })
        {
            if (metadata.Number(key) is not { } number)
                throw Damaged($"{key} is missing");
            if (number != (int)id && !(id == ControlToken.EndOfSequence && number == (int)ControlToken.EndOfTurn))
                throw Damaged($"{key} is {number}, which is not Gemma 3's");
        }
    }

    private static FrozenDictionary<ControlToken, int> Control(Dictionary<string, int> ids, GgufValue.Numbers types)
    {
        var control = new Dictionary<ControlToken, int>();
        foreach (var (token, spelling) in Chat.Generation.ControlTokens.Spellings)
        {
            if (ids.TryGetValue(spelling, out var id) && Type(types, id) == ControlType)
                control.Add(token, id);
            else if (Needed.Contains(token))
                throw Damaged($"its vocabulary lacks {spelling} as a control token");
        }

        return control.ToFrozenDictionary();
    }

    private static int Type(GgufValue.Numbers types, int id) => MemoryMarshal.Cast<byte, int>(types.Data.Span)[id];

    private static GgufException Damaged(string reason) => new(ModelRefusalKind.Damaged, reason);
}
