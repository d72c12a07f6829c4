using System.Runtime.InteropServices;
using System.Text;
using MedGemma.Agents.Inference.Llama.Interop;

namespace MedGemma.Agents.Inference.Llama;

/// <summary>The tokens of a model. Safe for concurrent calls, as long as the model is not disposed of.</summary>
public sealed unsafe class LlamaVocabulary
{
    private readonly LlamaModel _model;
    private readonly nint _handle;

    internal LlamaVocabulary(LlamaModel model, nint handle)
    {
        _model = model;
        _handle = handle;
        Count = VocabularyApi.TokenCount(handle);
    }

    /// <summary>How many tokens there are; they are numbered from 0.</summary>
    public int Count { get; }

    internal nint Handle => _handle;

    /// <summary>Whether the model ends its output with this token.</summary>
    public bool EndsGeneration(int token) => VocabularyApi.EndsGeneration(_handle, Checked(token));

    /// <summary>Whether the token stands for no text.</summary>
    public bool IsControl(int token) => VocabularyApi.IsControl(_handle, Checked(token));

    /// <summary>The token as the file spells it, with U+2581 for a space.</summary>
    public string Spelling(int token) => Marshal.PtrToStringUTF8((nint)VocabularyApi.Spelling(_handle, Checked(token))) ?? "";

    /// <summary>The bytes that the token writes, which may begin and end within a character; none for control tokens.</summary>
    public byte[] Piece(int token)
    {
        Checked(token);
        Span<byte> room = stackalloc byte[64];
        var length = Piece(token, room);
        if (length >= 0)
            return room[..length].ToArray();

        var bytes = new byte[-length];
        return Piece(token, bytes) == bytes.Length ? bytes : throw new InvalidOperationException("The length of a token's text has changed.");
    }

    /// <summary>
    /// The tokens of a text, without any at its beginning or end. Control tokens that the text spells are not recognised; whether others are depends on the
    /// vocabulary, so callers who must not have them check.
    /// </summary>
    public int[] Tokenize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        ObjectDisposedException.ThrowIf(_model.IsClosed, _model);
        var bytes = Encoding.UTF8.GetBytes(text);
        var tokens = new int[bytes.Length + 1];
        fixed (byte* source = bytes)
        fixed (int* target = tokens)
        {
            var count = VocabularyApi.Tokenize(_handle, source, bytes.Length, target, tokens.Length, addSpecial: false, parseSpecial: false);
            return count >= 0 ? tokens[..count] : throw new LlamaException($"The engine finds more tokens than bytes in a text of {bytes.Length} bytes");
        }
    }

    private int Piece(int token, Span<byte> target)
    {
        fixed (byte* start = target)
            return VocabularyApi.Piece(_handle, token, start, target.Length, 0, special: false);
    }

    private int Checked(int token)
    {
        ObjectDisposedException.ThrowIf(_model.IsClosed, _model);
        ArgumentOutOfRangeException.ThrowIfNegative(token);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(token, Count);
        return token;
    }
}
