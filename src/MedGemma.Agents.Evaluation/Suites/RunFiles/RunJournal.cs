namespace MedGemma.Agents.Evaluation.Suites.RunFiles;

/// <summary>
/// The results of a run that is going on, written one by one beside the run file, so that a killed run goes on where it stopped. One process
/// at a time holds it. Safe for concurrent use.
/// </summary>
internal sealed class RunJournal : IDisposable
{
    private readonly Lock _lock = new();
    private readonly FileStream _stream;
    private readonly string _path;

    private RunJournal(string path, FileStream stream, IReadOnlyList<ItemResult> done)
    {
        _path = path;
        _stream = stream;
        Done = done;
    }

    /// <summary>The results that an earlier, interrupted run left; those that failed are not among them, so that they are put again.</summary>
    public IReadOnlyList<ItemResult> Done { get; }

    /// <summary>Where the journal of a run file is.</summary>
    public static string PathOf(string run) => run + ".journal";

    /// <summary>Begins a journal, or takes up the one that an interrupted run left.</summary>
    /// <param name="run">The run file that it is for.</param>
    /// <param name="manifest">What is run.</param>
    /// <exception cref="EvaluationRefusedException">The journal is of another run, or not a journal.</exception>
    /// <exception cref="IOException">It cannot be opened, or another process holds it.</exception>
    public static RunJournal Open(string run, RunManifest manifest)
    {
        var path = PathOf(run);
        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            return new RunJournal(path, stream, TakeUp(stream, path, manifest));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Writes a result; from then on a killed process does not lose it.</summary>
    public void Append(ItemResult result)
    {
        var line = RunJson.Line(result);
        lock (_lock)
        {
            // Handed to the system, not forced to the disk: it survives a killed process, and an item costs no disk's turn.
            _stream.Write(line);
            _stream.Flush();
        }
    }

    /// <summary>Removes the journal: the run file is complete.</summary>
    public void Remove()
    {
        _stream.Dispose();
        File.Delete(_path);
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private static List<ItemResult> TakeUp(FileStream stream, string path, RunManifest manifest)
    {
        var name = Path.GetFileName(path);
        var lines = new byte[stream.Length];
        stream.ReadExactly(lines);
        var (begun, results, rest) = RunFile.Read(lines, name);
        if (begun is null)
        {
            // Killed before its first line was whole.
            stream.SetLength(0);
            stream.Write(RunJson.Line(manifest));
            stream.Flush();
            return [];
        }

        if (!RunJson.Line(begun).AsSpan().SequenceEqual(RunJson.Line(manifest)))
            throw new EvaluationRefusedException($"{name} is of an interrupted run of something else ({string.Join(", ", RunFit.Differences(begun, manifest))}); finish that run, or remove the file");

        stream.SetLength(lines.Length - rest.Length);
        stream.Position = stream.Length;
        return [.. results.Where(result => result.Outcome != ItemOutcome.Failed)];
    }
}
