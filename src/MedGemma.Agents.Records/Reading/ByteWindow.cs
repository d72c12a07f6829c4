namespace MedGemma.Agents.Records.Reading;

/// <summary>The part of a stream that is being looked at: bytes are appended at its end, dropped at its start, and never more than a limit is held.</summary>
internal sealed class ByteWindow(Stream stream, int limit)
{
    private const int Step = 128 * 1024;
    private byte[] _buffer = new byte[Math.Min(Step, limit)];
    private int _start;
    private int _end;

    /// <summary>A window on bytes that are already in memory.</summary>
    public ByteWindow(ReadOnlyMemory<byte> bytes)
        : this(Stream.Null, 1)
    {
        _buffer = bytes.ToArray();
        _end = _buffer.Length;
        IsFinal = true;
    }

    public ReadOnlySpan<byte> Span => _buffer.AsSpan(_start, _end - _start);

    public int Count => _end - _start;

    /// <summary>True when the stream has nothing more to give.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>Why the stream broke off, or null.</summary>
    public string? Failure { get; private set; }

    /// <summary>True when nothing more fits.</summary>
    public bool IsFull => !IsFinal && Count >= limit;

    public ReadOnlyMemory<byte> Copy(int offset, int length) => Span.Slice(offset, length).ToArray();

    public void Advance(int count)
    {
        _start += count;
        if (_start == _end)
        {
            _start = _end = 0;

            // One huge line must not keep its buffer for the rest of a file of small ones.
            if (_buffer.Length > 16 * Step && count < _buffer.Length / 4)
                _buffer = new byte[Math.Min(Step, limit)];
        }
    }

    /// <summary>Reads on. False when the stream has ended or the window is full.</summary>
    public bool Fill()
    {
        if (IsFinal || IsFull)
            return false;

        MakeRoom();
        try
        {
            var read = stream.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
            IsFinal = read == 0;
            return read > 0;
        }
        catch (InvalidDataException)
        {
            Failure = "is cut off or damaged: its gzip data cannot be decompressed any further";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Failure = "cannot be read any further";
        }

        IsFinal = true;
        return false;
    }

    private void MakeRoom()
    {
        if (_end < _buffer.Length)
            return;

        if (_start > 0 && _start >= _buffer.Length / 2)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, Count);
        }
        else
        {
            var grown = new byte[(int)Math.Min(Math.Max((long)limit, _buffer.Length), 2L * _buffer.Length)];
            if (grown.Length == _buffer.Length)
                grown = new byte[_buffer.Length + Step];
            Buffer.BlockCopy(_buffer, _start, grown, 0, Count);
            _buffer = grown;
        }

        _end -= _start;
        _start = 0;
    }
}
