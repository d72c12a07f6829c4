using System.Buffers.Binary;
using System.Text;

namespace MedGemma.Agents.Inference.Models.Gguf;

/// <summary>
/// Reads the primitives of GGUF. Nothing is allocated for a length before that length is known to lie within the file and within the limits of a header, so a
/// hostile count costs nothing.
/// </summary>
internal sealed class GgufStream(Stream stream, long length)
{
    /// <summary>More than the metadata of any model takes: Gemma 3's are 10 MB.</summary>
    public const long LongestHeader = 256L << 20;

    private const int LongestName = 64 << 10;
    private const int LongestText = 16 << 20;

    private long _position;

    public long Position => _position;

    public uint UInt32()
    {
        Span<byte> bytes = stackalloc byte[4];
        Fill(bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    public ulong UInt64()
    {
        Span<byte> bytes = stackalloc byte[8];
        Fill(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    /// <summary>A count of things of which each takes at least so many bytes in the file.</summary>
    public int Count(string what, int bytesEach)
    {
        var count = UInt64();
        return count <= (ulong)(Remaining / bytesEach) && count <= int.MaxValue ? (int)count : throw TooMany(count, what);
    }

    public string Name(string what) => Encoding.UTF8.GetString(Text(what, LongestName));

    public byte[] Text(string what) => Text(what, LongestText);

    public byte[] Bytes(int count)
    {
        Reserve(count);
        var bytes = new byte[count];
        Fill(bytes);
        return bytes;
    }

    public void Fill(Span<byte> bytes)
    {
        Reserve(bytes.Length);
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw Cut();
        _position += bytes.Length;
    }

    private long Remaining => Math.Max(0, Math.Min(length, LongestHeader) - _position);

    private byte[] Text(string what, int longest)
    {
        var count = UInt64();
        return count <= (ulong)longest ? Bytes((int)count) : throw TooMany(count, $"bytes in {what}");
    }

    private void Reserve(long count)
    {
        if (count <= Remaining)
            return;
        throw length > LongestHeader ? new GgufException(ModelRefusalKind.Damaged, $"its header is longer than {LongestHeader >> 20} MiB") : Cut();
    }

    // A count that the file has no room for is most often garbage, and sometimes a file cut within its header; both are said.
    private GgufException TooMany(ulong count, string what) =>
        new(ModelRefusalKind.Damaged, $"it announces {count} {what}, more than the {Remaining} bytes that follow can hold; it is damaged or cut");

    private GgufException Cut() => new(ModelRefusalKind.Cut, $"it ends within its header, after {length} bytes; copy it again");
}
