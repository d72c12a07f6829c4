using System.Text.Json;

namespace MedGemma.Agents.Records.Reading;

/// <summary>
/// Reads FHIR R4 resources from files: Bundles, NDJSON and single resources, each also gzip, told apart by content and not by name, and folders of them.
/// One at a time: memory does not grow with the input. One instance serves one reading at a time.
/// </summary>
/// <remarks>Reading is synchronous because unzipping and parsing, not waiting, is what takes the time; run it off the caller's thread where that matters.</remarks>
public sealed class ResourceReader
{
    private const int SniffBytes = 64 * 1024;
    private readonly ResourceReaderOptions _options;
    private long _bytesOfEarlierFiles;
    private InputFile? _current;

    /// <summary>Makes a reader.</summary>
    /// <param name="options">Its limits.</param>
    public ResourceReader(ResourceReaderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <summary>Bytes read so far, as they lie in the files: compared with <see cref="ResourceFiles.TotalBytes"/> it is the progress.</summary>
    public long BytesRead => _bytesOfEarlierFiles + (_current?.BytesRead ?? 0);

    /// <summary>Reads everything in the files, in the order of <see cref="ResourceFiles.Files"/>, the files' own problems first.</summary>
    /// <param name="files">Files that were found.</param>
    /// <param name="cancellationToken">Ends the reading with an <see cref="OperationCanceledException"/> between two items.</param>
    public IEnumerable<ReadItem> Read(ResourceFiles files, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        foreach (var problem in files.Problems)
            yield return problem;

        foreach (var file in files.Files)
        {
            foreach (var item in ReadFile(file))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return item;
            }
        }
    }

    private IEnumerable<ReadItem> ReadFile(string path)
    {
        try
        {
            _current = InputFile.Open(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [new ReadProblem(new ReadPosition(path), "cannot be opened, or is no file")];
        }

        return ReadOpen(path, _current);
    }

    private IEnumerable<ReadItem> ReadOpen(string path, InputFile input)
    {
        try
        {
            // A file of no bytes is a transfer that failed; an export of nothing is a gzip of nothing.
            if (input.Length == 0)
            {
                yield return new ReadProblem(new ReadPosition(path), "is empty");
                yield break;
            }

            if (!input.MayBeText && path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            {
                yield return new ReadProblem(new ReadPosition(path), "is no gzip, whatever its name says");
                yield break;
            }

            var window = new ByteWindow(input.Content, _options.MaxResourceBytes);
            foreach (var item in ReadContent(path, window))
                yield return item;
        }
        finally
        {
            _bytesOfEarlierFiles += input.BytesRead;
            _current = null;
            input.Dispose();
        }
    }

    private static IEnumerable<ReadItem> ReadContent(string path, ByteWindow window)
    {
        SkipByteOrderMark(window);
        if (NamesLines(path))
            return LineReader.Read(window, path);

        return ReadDocuments(path, window);
    }

    private static IEnumerable<ReadItem> ReadDocuments(string path, ByteWindow window)
    {
        var position = new ReadPosition(path);
        for (var isFirst = true; ; isFirst = false)
        {
            if (!SkipWhiteSpace(window))
            {
                if (window.Failure is { } failure)
                    yield return new ReadProblem(position, failure);
                else if (isFirst)
                    yield return new ReadProblem(position, "is empty");
                yield break;
            }

            if (window.Span[0] != (byte)'{')
            {
                yield return new ReadProblem(position, window.Span[0] == (byte)'<' ? "is XML; only FHIR JSON is read" : "is not FHIR JSON");
                yield break;
            }

            if (IsBundle(window))
            {
                var isWhole = false;
                foreach (var item in BundleReader.Read(window, position))
                {
                    isWhole = item is BundleEnd { IsWhole: true };
                    yield return item;
                }

                if (!isWhole)
                    yield break;
                continue;
            }

            if (isFirst && BeginsWithWholeLine(window))
            {
                foreach (var item in LineReader.Read(window, path))
                    yield return item;
                yield break;
            }

            var value = TakeValue(window, out var reason);
            if (reason is not null)
            {
                yield return new ReadProblem(position, reason);
                yield break;
            }

            foreach (var item in BundleReader.ReadValue(value, position, null))
                yield return item;
        }
    }

    /// <summary>Whether the value that begins here says early on that it is a Bundle, so that it can be read entry by entry.</summary>
    private static bool IsBundle(ByteWindow window)
    {
        while (window.Count < SniffBytes && window.Fill())
        {
        }

        try
        {
            var reader = new Utf8JsonReader(window.Span, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = int.MaxValue }));
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isType = reader.ValueTextEquals("resourceType"u8);
                if (!reader.Read())
                    return false;
                if (isType)
                    return reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("Bundle"u8);
                if (!reader.TrySkip())
                    return false;
            }
        }
        catch (JsonException)
        {
            return false;
        }

        return false;
    }

    /// <summary>Whether the first line is a JSON value of its own and another line follows: NDJSON by another name.</summary>
    private static bool BeginsWithWholeLine(ByteWindow window)
    {
        int end;
        while ((end = window.Span.IndexOf((byte)'\n')) < 0)
        {
            if (!window.Fill())
                return false;
        }

        var line = window.Span[..end].TrimEnd(" \t\r"u8);
        try
        {
            var reader = new Utf8JsonReader(line, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = int.MaxValue }));
            reader.Read();
            return reader.TrySkip();
        }
        catch (JsonException)
        {
            return line.Length > 1 && line[^1] == (byte)'}';
        }
    }

    private static ReadOnlyMemory<byte> TakeValue(ByteWindow window, out string? reason)
    {
        reason = null;
        while (true)
        {
            try
            {
                var reader = new Utf8JsonReader(window.Span, window.IsFinal, new JsonReaderState(new JsonReaderOptions { MaxDepth = int.MaxValue }));
                reader.Read();
                if (reader.TrySkip())
                {
                    var value = window.Copy(0, (int)reader.BytesConsumed);
                    window.Advance((int)reader.BytesConsumed);
                    return value;
                }
            }
            catch (JsonException exception)
            {
                reason = window.Failure ?? $"is not valid JSON, or is cut off (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1} of it)";
                return default;
            }

            if (window.IsFull)
            {
                reason = "holds one resource that is larger than the limit";
                return default;
            }

            window.Fill();
        }
    }

    private static void SkipByteOrderMark(ByteWindow window)
    {
        while (window.Count < 3 && window.Fill())
        {
        }

        if (window.Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            window.Advance(3);
    }

    private static bool SkipWhiteSpace(ByteWindow window)
    {
        while (true)
        {
            var found = window.Span.IndexOfAnyExcept(" \t\r\n"u8);
            if (found >= 0)
            {
                window.Advance(found);
                return true;
            }

            window.Advance(window.Count);
            if (!window.Fill())
                return false;
        }
    }

    private static bool NamesLines(string path)
    {
        var name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return name.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase);
    }
}
