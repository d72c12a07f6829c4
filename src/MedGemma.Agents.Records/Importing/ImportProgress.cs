namespace MedGemma.Agents.Records.Importing;

/// <summary>How far an import has come.</summary>
/// <param name="Read">Resources read so far.</param>
/// <param name="Refused">Problems so far.</param>
/// <param name="BytesRead">Bytes of the files that have been read, as they lie on disk.</param>
/// <param name="BytesTotal">Bytes of all files.</param>
/// <param name="Elapsed">Time since the start.</param>
public readonly record struct ImportProgress(long Read, long Refused, long BytesRead, long BytesTotal, TimeSpan Elapsed)
{
    /// <summary>Resources read a second.</summary>
    public double Rate => Elapsed > TimeSpan.Zero ? Read / Elapsed.TotalSeconds : 0;
}
