namespace MedGemma.Agents.Records.Reading;

/// <summary>Lists the files of one folder and of those below it. A folder that links lead to twice, or back to, is walked once.</summary>
internal sealed class FolderWalk
{
    private static readonly EnumerationOptions s_listing = new() { IgnoreInaccessible = false, AttributesToSkip = FileAttributes.Hidden };
    private readonly HashSet<string> _walked = new(StringComparer.Ordinal);
    private readonly Func<string, bool> _isWanted;

    private FolderWalk(Func<string, bool> isWanted) => _isWanted = isWanted;

    /// <summary>Files by path, in ordinal order once the walk is done.</summary>
    public List<string> Files { get; } = [];

    /// <summary>Wanted names that are no files, and folders that cannot be listed.</summary>
    public List<ReadProblem> Problems { get; } = [];

    /// <summary>Walks.</summary>
    /// <param name="folder">A folder that exists.</param>
    /// <param name="isWanted">Says by its path whether a file is asked for.</param>
    public static FolderWalk Through(string folder, Func<string, bool> isWanted)
    {
        var walk = new FolderWalk(isWanted);
        var open = new Stack<string>([folder]);
        walk._walked.Add(PathLookup.At(folder).Identity);
        while (open.TryPop(out var next))
            walk.List(next, open);
        walk.Files.Sort(StringComparer.Ordinal);
        return walk;
    }

    private void List(string folder, Stack<string> open)
    {
        List<string> entries;
        try
        {
            entries = [.. Directory.EnumerateFileSystemEntries(folder, "*", s_listing).Order(StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Problems.Add(new ReadProblem(new ReadPosition(folder), "is a folder that cannot be listed"));
            return;
        }

        foreach (var entry in entries)
        {
            var found = PathLookup.At(entry);
            if (found.Kind == PathKind.Folder)
            {
                if (_walked.Add(found.Identity))
                    open.Push(entry);
            }
            else if (_isWanted(entry))
            {
                if (found.Kind == PathKind.File)
                    Files.Add(entry);
                else
                    Problems.Add(ResourceFiles.NoFile(entry, found.Kind));
            }
        }
    }
}
