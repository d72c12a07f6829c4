using System.Buffers.Binary;

namespace MedGemma.Agents.Inference.Models.Gguf;

/// <summary>Reads a value of the metadata.</summary>
internal static class GgufValueReader
{
    public static GgufValue Read(GgufStream stream, string key)
    {
        var type = (GgufValueType)stream.UInt32();
        if (type == GgufValueType.Array)
            return Array(stream, key);
        if (type == GgufValueType.String)
            return new GgufValue.Text(stream.Text($"the value of {Quoted.Text(key)}"));

        Span<byte> bytes = stackalloc byte[8];
        bytes = bytes[..Size(type, key)];
        stream.Fill(bytes);
        return type switch
        {
            GgufValueType.Bool => new GgufValue.Truth(bytes[0] != 0),
            GgufValueType.UInt8 => new GgufValue.Natural(type, bytes[0]),
            GgufValueType.UInt16 => new GgufValue.Natural(type, BinaryPrimitives.ReadUInt16LittleEndian(bytes)),
            GgufValueType.UInt32 => new GgufValue.Natural(type, BinaryPrimitives.ReadUInt32LittleEndian(bytes)),
            GgufValueType.UInt64 => new GgufValue.Natural(type, BinaryPrimitives.ReadUInt64LittleEndian(bytes)),
            GgufValueType.Int8 => new GgufValue.Whole(type, (sbyte)bytes[0]),
            GgufValueType.Int16 => new GgufValue.Whole(type, BinaryPrimitives.ReadInt16LittleEndian(bytes)),
            GgufValueType.Int32 => new GgufValue.Whole(type, BinaryPrimitives.ReadInt32LittleEndian(bytes)),
            GgufValueType.Int64 => new GgufValue.Whole(type, BinaryPrimitives.ReadInt64LittleEndian(bytes)),
            GgufValueType.Float32 => new GgufValue.Real(type, BinaryPrimitives.ReadSingleLittleEndian(bytes)),
            _ => new GgufValue.Real(type, BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
        };
    }

    private static GgufValue Array(GgufStream stream, string key)
    {
        var element = (GgufValueType)stream.UInt32();
        if (element == GgufValueType.String)
            return Texts(stream, key);
        var size = Size(element, key);
        var count = stream.Count($"elements of {Quoted.Text(key)}", size);
        return new GgufValue.Numbers(element, count, stream.Bytes(checked(count * size)));
    }

    private static GgufValue.Texts Texts(GgufStream stream, string key)
    {
        var count = stream.Count($"texts of {Quoted.Text(key)}", 8);
        var ends = new int[count];
        using var data = new MemoryStream();
        for (var i = 0; i < count; i++)
        {
            data.Write(stream.Text($"a text of {Quoted.Text(key)}"));
            ends[i] = checked((int)data.Length);
        }

        return new(data.ToArray(), ends);
    }

    private static int Size(GgufValueType type, string key) => type switch
    {
        GgufValueType.UInt8 or GgufValueType.Int8 or GgufValueType.Bool => 1,
        GgufValueType.UInt16 or GgufValueType.Int16 => 2,
        GgufValueType.UInt32 or GgufValueType.Int32 or GgufValueType.Float32 => 4,
        GgufValueType.UInt64 or GgufValueType.Int64 or GgufValueType.Float64 => 8,
        _ => throw new GgufException(ModelRefusalKind.Damaged, $"the value of {Quoted.Text(key)} is of the unknown type {(int)type}"),
    };
}
