using System.Text.Json;
using MedGemma.Agents.Evaluation.QuestionAnswering.Predictions;

namespace MedGemma.Agents.Evaluation.Suites.RunFiles;

/// <summary>
/// Run files: JSON Lines, the <see cref="RunManifest"/> first, then one <see cref="ItemResult"/> an item in the order of the suite. They hold patient ids, questions
/// and answers, and are to be kept as the records themselves are kept.
/// </summary>
public static class RunFile
{
    /// <summary>Writes a complete run; an earlier file is replaced in one step.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Cancels the write; an earlier file stays then.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static async Task WriteAsync(string path, Run run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var file = ReplacementFile.Create(path);
        await using (file.ConfigureAwait(false))
        {
            await file.Stream.WriteAsync(RunJson.Line(run.Manifest), cancellationToken).ConfigureAwait(false);
            foreach (var result in run.Results)
                await file.Stream.WriteAsync(RunJson.Line(result), cancellationToken).ConfigureAwait(false);

            await file.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads a complete run.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="EvaluationRefusedException">It is no run file, of another format, or not complete.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<Run> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(path);
        var lines = (await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false)).AsMemory();
        var (manifest, results, rest) = Read(lines, name);
        if (manifest is null || rest.Length > 0)
            throw new EvaluationRefusedException($"{name} is no run file, or is cut off");

        if (results.Count != manifest.Items || results.DistinctBy(result => result.Id, StringComparer.Ordinal).Count() != results.Count)
            throw new EvaluationRefusedException($"{name} holds {results.Count} results where the run had {manifest.Items} items");

        return new Run(manifest, results);
    }

    /// <summary>Reads whole lines as far as they go; what is left begins at the first line that has no line feed.</summary>
    /// <exception cref="EvaluationRefusedException">A whole line has not the shape.</exception>
    internal static (RunManifest? Manifest, List<ItemResult> Results, ReadOnlyMemory<byte> Left) Read(ReadOnlyMemory<byte> lines, string name)
    {
        RunManifest? manifest = null;
        var results = new List<ItemResult>();
        for (var number = 1; lines.Span.IndexOf((byte)'\n') is var end and >= 0; number++)
        {
            try
            {
                if (manifest is null)
                    manifest = ReadManifest(lines.Span[..end], name);
                else
                    results.Add(RunJson.Read<ItemResult>(lines.Span[..end]));
            }
            catch (JsonException problem)
            {
                throw new EvaluationRefusedException($"{name}:{number}: not a line of a run file", problem);
            }

            lines = lines[(end + 1)..];
        }

        return (manifest, results, lines);
    }

    private static RunManifest ReadManifest(ReadOnlySpan<byte> line, string name)
    {
        var reader = new Utf8JsonReader(line);
        using var document = JsonDocument.ParseValue(ref reader);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("format", out var format) || !format.TryGetInt32(out var number))
            throw new EvaluationRefusedException($"{name} is no run file");

        return number == RunManifest.CurrentFormat
            ? RunJson.Read<RunManifest>(line)
            : throw new EvaluationRefusedException($"{name} is a run file of format {number}; this program reads format {RunManifest.CurrentFormat}");
    }
}
