using System.IO.Compression;

namespace MedGemma.Agents.Records.Reading;

/// <summary>Opens files, gunzipping those that begin with the gzip magic number whatever they are called, and counts what was read.</summary>
internal sealed class InputFile : IDisposable
{
    private readonly FileStream _file;

    /// <summary>Without this switch .NET takes a gzip that is cut off for one that has ended, and half a record for a whole one.</summary>
    static InputFile()
    {
        AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);
        try
        {
            using var cut = new GZipStream(new MemoryStream([0x1F, 0x8B]), CompressionMode.Decompress);
            _ = cut.ReadByte();
        }
        catch (InvalidDataException)
        {
            return;
        }

        throw new InvalidOperationException(
            "Set System.IO.Compression.UseStrictValidation in the program's runtimeconfig.json: it was read before this library could set it.");
    }

    private InputFile(FileStream file, Stream content, bool isCompressed, bool mayBeText)
    {
        MayBeText = mayBeText;
        _file = file;
        Content = content;
        IsCompressed = isCompressed;
    }

    public Stream Content { get; }

    public bool IsCompressed { get; }

    /// <summary>Whether the file is gzip or begins as JSON may: with a brace, a bracket, white space or a byte order mark.</summary>
    public bool MayBeText { get; }

    /// <summary>Bytes of the file, compressed or not, that have been read.</summary>
    public long BytesRead => _file.Position;

    public long Length => _file.Length;

    /// <exception cref="IOException">It cannot be read, or is a pipe, which cannot be looked at first and then read.</exception>
    public static InputFile Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024, FileOptions.SequentialScan);
        if (!file.CanSeek)
        {
            file.Dispose();
            throw new IOException("A pipe is not a file.");
        }

        Span<byte> magic = stackalloc byte[2];
        var isCompressed = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic is [0x1F, 0x8B];
        var mayBeText = isCompressed || magic[0] is (byte)'{' or (byte)'[' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0xEF;
        file.Position = 0;
        return new InputFile(file, isCompressed ? new GZipStream(file, CompressionMode.Decompress) : file, isCompressed, mayBeText);
    }

    public void Dispose()
    {
        Content.Dispose();
        _file.Dispose();
    }
}
