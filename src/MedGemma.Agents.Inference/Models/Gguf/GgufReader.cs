namespace MedGemma.Agents.Inference.Models.Gguf;

/// <summary>
/// Reads what a GGUF file says of itself (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md), without the values of its tensors: of a file of 50 GB a few
/// megabytes. As strict as the engine's own loader, which aborts the process on some of what is refused here. Safe for concurrent use.
/// </summary>
public static class GgufReader
{
    private const int MostTensors = 65_536;
    private const int MostKeys = 65_536;
    private const uint MostAlignment = 65_536;
    private const long MostBytes = 1L << 50;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its contents, or why it is refused. A file that changes while it is read may give either.</returns>
    public static GgufResult Read(string path)
    {
        try
        {
            return new GgufResult.Read(Contents(path));
        }
        catch (GgufException e)
        {
            return new GgufResult.Refused(e.Refusal(path));
        }
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="GgufException">It is refused.</exception>
    internal static GgufContents Contents(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.SequentialScan);
            return Contents(path, file, file.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            var missing = e is FileNotFoundException or DirectoryNotFoundException;
            throw new GgufException(ModelRefusalKind.Unreadable, missing ? "there is no such file" : Directory.Exists(path) ? "it is a folder" : e.Message.ReplaceLineEndings(" "), path);
        }
    }

    /// <summary>Reads from a stream that stands at its beginning.</summary>
    /// <exception cref="GgufException">It is refused.</exception>
    internal static GgufContents Contents(string path, Stream file, long length)
    {
        var stream = new GgufStream(file, length);
        var version = Version(stream, length);
        var tensorCount = stream.Count("tensors", 25);
        var keyCount = stream.Count("metadata keys", 13);
        if (tensorCount > MostTensors || keyCount > MostKeys)
            throw Damaged($"it announces {tensorCount} tensors and {keyCount} metadata keys");

        var metadata = Metadata(stream, keyCount);
        var tensors = Tensors(stream, tensorCount, Alignment(metadata), length);
        return new(path, length, version, metadata, tensors);
    }

    private static int Version(GgufStream stream, long length)
    {
        if (length < 4)
            throw new GgufException(length == 0 ? ModelRefusalKind.Cut : ModelRefusalKind.NotGguf, length == 0 ? "it is empty" : "it is no GGUF file");
        Span<byte> magic = stackalloc byte[4];
        stream.Fill(magic);
        if (!magic.SequenceEqual("GGUF"u8))
            throw new GgufException(ModelRefusalKind.NotGguf, $"it is no GGUF file: it begins with {Convert.ToHexString(magic)}, not with 47475546 (GGUF)");

        var version = stream.UInt32();
        return version switch
        {
            2 or 3 => (int)version,
            _ when (version & 0xFFFF) == 0 && version != 0 => throw new GgufException(ModelRefusalKind.OtherVersion, "it is a big-endian GGUF file"),
            _ => throw new GgufException(ModelRefusalKind.OtherVersion, $"it is a GGUF file of version {version}; versions 2 and 3 are read"),
        };
    }

    private static GgufMetadata Metadata(GgufStream stream, int count)
    {
        var values = new Dictionary<string, GgufValue>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var key = stream.Name("a metadata key");
            if (key.Length == 0)
                throw Damaged("one of its metadata keys is empty");
            if (!values.TryAdd(key, GgufValueReader.Read(stream, key)))
                throw Damaged($"the metadata key {Quoted.Text(key)} is there twice");
        }

        return new(values);
    }

    private static long Alignment(GgufMetadata metadata)
    {
        var alignment = metadata.Number("general.alignment") ?? 32;
        return alignment is > 0 and <= MostAlignment && (alignment & (alignment - 1)) == 0
            ? alignment
            : throw Damaged($"general.alignment is {alignment}, not a power of 2 of at most {MostAlignment}");
    }

    private static List<GgufTensor> Tensors(GgufStream stream, int count, long alignment, long length)
    {
        var tensors = new List<GgufTensor>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var offset = 0L;
        for (var i = 0; i < count; i++)
        {
            var tensor = GgufTensorReader.Read(stream);
            if (!names.Add(tensor.Name))
                throw Damaged($"the tensor {tensor.Name} is there twice");
            if (tensor.Position != offset)
                throw Damaged($"the tensor {tensor.Name} begins at {tensor.Position} of the data, not at {offset} where the one before it ends");
            offset = Padded(offset + tensor.Bytes, alignment);
            if (offset > MostBytes)
                throw Damaged($"its tensors would take more than {MostBytes >> 40} TiB up to {tensor.Name}");
            tensors.Add(tensor);
        }

        var start = Padded(stream.Position, alignment);
        for (var i = 0; i < tensors.Count; i++)
            tensors[i] = tensors[i] with { Position = start + tensors[i].Position };
        if (tensors.Find(tensor => tensor.Position + tensor.Bytes > length) is { } cut)
            throw new GgufException(ModelRefusalKind.Cut, $"it is cut: it has {length} bytes, but its tensors need {tensors[^1].Position + tensors[^1].Bytes}, and {cut.Name} is not all there; copy it again");

        return tensors;
    }

    private static long Padded(long position, long alignment) => (position + alignment - 1) / alignment * alignment;

    private static GgufException Damaged(string reason) => new(ModelRefusalKind.Damaged, reason);
}
