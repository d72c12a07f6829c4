namespace MedGemma.Agents.Records.Reading;

/// <summary>Reads NDJSON: one resource a line (<see href="https://hl7.org/fhir/uv/bulkdata/"/>), a bad line does not touch the next.</summary>
internal static class LineReader
{
    public static IEnumerable<ReadItem> Read(ByteWindow window, string file)
    {
        var number = 0L;
        while (true)
        {
            number++;
            var line = Next(window, out var isTooLong, out var isEnd);
            var position = new ReadPosition(file, number);
            if (isTooLong)
            {
                yield return new ReadProblem(position, "is longer than the limit and was passed over");
            }
            else if (!line.IsEmpty)
            {
                foreach (var item in BundleReader.ReadValue(line, position, null))
                    yield return item;
            }

            if (!isEnd)
                continue;

            if (window.Failure is { } failure)
                yield return new ReadProblem(position, failure);
            yield break;
        }
    }

    /// <summary>A copy of the next line without surrounding white space. What is left after a broken stream is no line.</summary>
    private static ReadOnlyMemory<byte> Next(ByteWindow window, out bool isTooLong, out bool isEnd)
    {
        isTooLong = isEnd = false;
        var searched = 0;
        while (true)
        {
            var found = window.Span[searched..].IndexOf((byte)'\n');
            if (found >= 0)
            {
                var length = searched + found;
                var line = isTooLong ? default : Trimmed(window, length);
                window.Advance(length + 1);
                return line;
            }

            searched = window.Count;
            if (window.IsFull)
            {
                isTooLong = true;
                window.Advance(window.Count);
                searched = 0;
            }

            if (window.Fill())
                continue;

            if (!window.IsFinal)
                continue;

            isEnd = true;
            var rest = isTooLong || window.Failure is not null ? default : Trimmed(window, window.Count);
            window.Advance(window.Count);
            return rest;
        }
    }

    private static ReadOnlyMemory<byte> Trimmed(ByteWindow window, int length)
    {
        var line = window.Span[..length];
        var start = line.IndexOfAnyExcept(" \t\r"u8);
        if (start < 0)
            return default;

        var end = line.LastIndexOfAnyExcept(" \t\r"u8);
        return window.Copy(start, end - start + 1);
    }
}
