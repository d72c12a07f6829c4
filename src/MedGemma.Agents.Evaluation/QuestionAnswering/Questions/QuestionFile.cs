using System.Buffers;
using System.IO.Pipelines;

namespace MedGemma.Agents.Evaluation.QuestionAnswering.Questions;

/// <summary>Reads a file of question lines (JSON Lines, UTF-8). A line that cannot be read is reported and the rest is read.</summary>
internal static class QuestionFile
{
    /// <summary>Longest line that is read, in bytes; a longer one is reported without being held in memory.</summary>
    public const int LongestLine = 1 << 20;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads every line.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static async Task<QuestionSet> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var collector = new QuestionCollector(Path.GetFileName(path));
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, useAsync: true);
        await using var _ = stream.ConfigureAwait(false);
        var reader = PipeReader.Create(stream);
        var skipping = false;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            var buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                if (!skipping)
                    Take(collector, buffer.Slice(0, end));

                skipping = false;
                buffer = buffer.Slice(buffer.GetPosition(1, end));
            }

            if (buffer.Length > LongestLine)
            {
                if (!skipping)
                    collector.TooLong();

                skipping = true;
                buffer = buffer.Slice(buffer.End);
            }

            if (read.IsCompleted)
            {
                if (!skipping && !buffer.IsEmpty)
                    Take(collector, buffer);

                break;
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }

        await reader.CompleteAsync().ConfigureAwait(false);
        return collector.Collected;
    }

    private static void Take(QuestionCollector collector, ReadOnlySequence<byte> line)
    {
        if (line.Length > LongestLine)
        {
            collector.TooLong();
            return;
        }

        var bytes = line.ToArray().AsMemory();
        if (collector.IsAtStart && bytes.Span.StartsWith(ByteOrderMark))
            bytes = bytes[ByteOrderMark.Length..];

        collector.Take(bytes);
    }
}
