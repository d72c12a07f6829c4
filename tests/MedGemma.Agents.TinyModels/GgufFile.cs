using System.Buffers.Binary;
using System.Text;
using MedGemma.Agents.Inference.Models.Gguf;

namespace MedGemma.Agents.TinyModels;

/// <summary>
/// A GGUF file to be written, version 3 (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md). It checks nothing, so that tests can write what is wrong.
/// Not safe for concurrent use.
/// </summary>
public sealed class GgufFile
{
    private readonly List<KeyValuePair<string, byte[]>> _metadata = [];

    /// <summary>The tensors in their order in the file.</summary>
    public IList<GgufFileTensor> Tensors { get; } = [];

    /// <summary>The metadata in their order in the file, each value encoded with its type before it.</summary>
    public IReadOnlyList<KeyValuePair<string, byte[]>> Metadata => _metadata;

    /// <value>Each tensor begins at a multiple of it, in bytes. Default: 32.</value>
    public int Alignment { get; init; } = 32;

    /// <summary>Sets a whole number.</summary>
    public GgufFile Set(string key, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return Set(key, GgufValueType.UInt32, bytes);
    }

    /// <summary>Sets a whole number with sign.</summary>
    public GgufFile Set(string key, int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return Set(key, GgufValueType.Int32, bytes);
    }

    /// <summary>Sets a whole number of 16 bits.</summary>
    public GgufFile Set(string key, ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        return Set(key, GgufValueType.UInt16, bytes);
    }

    /// <summary>Sets a number.</summary>
    public GgufFile Set(string key, float value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        return Set(key, GgufValueType.Float32, bytes);
    }

    /// <summary>Sets a truth value.</summary>
    public GgufFile Set(string key, bool value) => Set(key, GgufValueType.Bool, [value ? (byte)1 : (byte)0]);

    /// <summary>Sets a text.</summary>
    public GgufFile Set(string key, string value) => Set(key, GgufValueType.String, Text(value));

    /// <summary>Sets texts.</summary>
    public GgufFile Set(string key, IReadOnlyList<string> values) => Array(key, GgufValueType.String, values.Count, values.SelectMany(Text));

    /// <summary>Sets numbers.</summary>
    public GgufFile Set(string key, IReadOnlyList<float> values) => Array(key, GgufValueType.Float32, values.Count, values.SelectMany(BitConverter.GetBytes));

    /// <summary>Sets whole numbers with sign.</summary>
    public GgufFile Set(string key, IReadOnlyList<int> values) => Array(key, GgufValueType.Int32, values.Count, values.SelectMany(BitConverter.GetBytes));

    /// <summary>Sets a value of any type, right or wrong.</summary>
    /// <param name="key">The key.</param>
    /// <param name="type">What is written as its type.</param>
    /// <param name="value">Its bytes.</param>
    public GgufFile Set(string key, GgufValueType type, ReadOnlySpan<byte> value)
    {
        var encoded = new byte[4 + value.Length];
        BinaryPrimitives.WriteInt32LittleEndian(encoded, (int)type);
        value.CopyTo(encoded.AsSpan(4));
        var index = _metadata.FindIndex(pair => pair.Key == key);
        if (index < 0)
            _metadata.Add(new(key, encoded));
        else
            _metadata[index] = new(key, encoded);
        return this;
    }

    /// <summary>Takes a key away.</summary>
    public GgufFile Remove(string key)
    {
        _metadata.RemoveAll(pair => pair.Key == key);
        return this;
    }

    /// <summary>Takes over all metadata of <paramref name="other"/>.</summary>
    public GgufFile CopyMetadata(GgufFile other)
    {
        _metadata.AddRange(other._metadata);
        return this;
    }

    /// <summary>Adds a tensor.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">How its values are stored.</param>
    /// <param name="shape">Its dimensions as ggml counts them, the row length first.</param>
    /// <param name="values">Its values; null for a hole in the file.</param>
    public GgufFile Add(string name, GgmlType type, long[] shape, RowValues? values)
    {
        Tensors.Add(new(name, type, shape, values));
        return this;
    }

    /// <summary>Writes the file. A tensor without values becomes a hole: it has its length, but takes no room on the disk.</summary>
    /// <param name="path">Where; what is there is replaced.</param>
    /// <returns><paramref name="path"/>.</returns>
    public string Write(string path)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
            WriteHeader(writer);
        foreach (var tensor in Tensors)
        {
            stream.Position = Padded(stream.Position);
            var end = stream.Position + tensor.Bytes;
            tensor.WriteValues(stream);
            stream.Position = end;
        }

        stream.SetLength(Padded(stream.Position));
        return path;
    }

    private void WriteHeader(BinaryWriter writer)
    {
        writer.Write("GGUF"u8);
        writer.Write(3u);
        writer.Write((long)Tensors.Count);
        writer.Write((long)_metadata.Count);
        foreach (var (key, value) in _metadata)
        {
            writer.Write(Text(key));
            writer.Write(value);
        }

        var offset = 0L;
        foreach (var tensor in Tensors)
        {
            writer.Write(Text(tensor.Name));
            writer.Write(tensor.Shape.Length);
            foreach (var dimension in tensor.Shape)
                writer.Write(dimension);
            writer.Write((int)tensor.Type);
            writer.Write(offset);
            offset = Padded(offset + tensor.Bytes);
        }
    }

    private GgufFile Array(string key, GgufValueType type, int count, IEnumerable<byte> elements) =>
        Set(key, GgufValueType.Array, [.. BitConverter.GetBytes((int)type), .. BitConverter.GetBytes((long)count), .. elements]);

    private static byte[] Text(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        return [.. BitConverter.GetBytes((long)bytes.Length), .. bytes];
    }

    private long Padded(long position) => (position + Alignment - 1) / Alignment * Alignment;
}
