using System.IO.Compression;

namespace MedGemma.Agents.Records.Reading;

/// <summary>Opens files, gunzipping those that begin with the gzip magic number whatever they are called, and counts what was read.</summary>
internal sealed class InputFile : IDisposable
{
    private readonly FileStream _file;

    private InputFile(FileStream file, Stream content, bool isCompressed)
    {
        _file = file;
        Content = content;
        IsCompressed = isCompressed;
    }

    public Stream Content { get; }

    public bool IsCompressed { get; }

    /// <summary>Bytes of the file, compressed or not, that have been read.</summary>
    public long BytesRead => _file.Position;

    public long Length => _file.Length;

    public static InputFile Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024, FileOptions.SequentialScan);
        Span<byte> magic = stackalloc byte[2];
        var isCompressed = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic is [0x1F, 0x8B];
        file.Position = 0;
        return new InputFile(file, isCompressed ? new GZipStream(file, CompressionMode.Decompress) : file, isCompressed);
    }

    public void Dispose()
    {
        Content.Dispose();
        _file.Dispose();
    }
}
