namespace MedGemma.Agents.Sessions.Replay;

/// <summary>
/// Compares what two turns say of the files that computed them: for each file name, length and the hash of its head, then its SHA-256, or that it was not hashed by then, which the
/// first turns after a file's first load say. Files are set apart by semicolons.
/// </summary>
internal static class ModelFiles
{
    private const string Between = "; ";
    private const string Hash = ", sha256 ";
    private const string NoHash = ", unhashed";

    /// <summary>Whether nothing that both know is different: where one has no hash, what comes before it decides.</summary>
    public static bool AreSame(string? one, string? other)
    {
        if (one == other)
            return true;
        if (one is null || other is null)
            return false;

        var (files, others) = (one.Split(Between), other.Split(Between));
        return files.Length == others.Length && files.Zip(others).All(pair => Known(pair.First) == Known(pair.Second) && (pair.First == pair.Second || !IsHashed(pair.First) || !IsHashed(pair.Second)));
    }

    private static bool IsHashed(string file) => file.Contains(Hash, StringComparison.Ordinal);

    private static string Known(string file) => file.Split(Hash)[0].Split(NoHash)[0];
}
