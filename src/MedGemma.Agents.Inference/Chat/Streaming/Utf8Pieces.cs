using System.Text;

namespace MedGemma.Agents.Inference.Chat.Streaming;

/// <summary>Makes text of tokens, whose bytes may begin and end within a character. Bytes that are no UTF-8 become U+FFFD.</summary>
internal sealed class Utf8Pieces
{
    private readonly Decoder _decoder = new UTF8Encoding(false).GetDecoder();

    public string Push(ReadOnlySpan<byte> bytes) => Decode(bytes, false);

    public string Finish() => Decode([], true);

    private string Decode(ReadOnlySpan<byte> bytes, bool last)
    {
        var text = new char[_decoder.GetCharCount(bytes, last)];
        return new string(text, 0, _decoder.GetChars(bytes, text, last));
    }
}
