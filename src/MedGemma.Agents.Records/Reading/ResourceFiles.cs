namespace MedGemma.Agents.Records.Reading;

/// <summary>The files that a list of paths stands for: files as named, and of folders, recursively, what is called like FHIR JSON.</summary>
public sealed class ResourceFiles
{
    private static readonly string[] Endings = [".json", ".ndjson", ".json.gz", ".ndjson.gz"];

    private ResourceFiles(IReadOnlyList<string> files, IReadOnlyList<string> manifests, IReadOnlyList<ReadProblem> problems)
    {
        Files = files;
        Manifests = manifests;
        Problems = problems;
    }

    /// <summary>Files to read, each folder's by name, so that two readings of the same input go alike.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Files called <c>manifest.json</c>, which say what is complete and hold no resources.</summary>
    public IReadOnlyList<string> Manifests { get; }

    /// <summary>Paths that lead to no file or folder, and folders that cannot be listed.</summary>
    public IReadOnlyList<ReadProblem> Problems { get; }

    /// <summary>Bytes of all files as they lie on disk.</summary>
    public long TotalBytes => Files.Sum(static file => File.Exists(file) ? new FileInfo(file).Length : 0);

    /// <summary>Looks the paths up.</summary>
    /// <param name="paths">Files and folders. Of folders <c>*.json</c> and <c>*.ndjson</c>, also with <c>.gz</c>, are taken; hidden files are not.</param>
    public static ResourceFiles Find(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var files = new List<string>();
        var manifests = new List<string>();
        var problems = new List<ReadProblem>();
        foreach (var path in paths)
        {
            var found = PathLookup.At(path).Kind;
            if (found == PathKind.Folder)
                AddFolder(path, files, manifests, problems);
            else if (found == PathKind.File)
                (IsManifest(path) ? manifests : files).Add(path);
            else
                problems.Add(NoFile(path, found));
        }

        return new ResourceFiles([.. files.Distinct()], [.. manifests.Distinct()], problems);
    }

    /// <summary>What is said of a path that no file is at.</summary>
    internal static ReadProblem NoFile(string path, PathKind found) => new(
        new ReadPosition(path),
        found switch
        {
            PathKind.Special => "is a pipe, a socket or a device; only regular files and folders are read",
            PathKind.Unreachable => "cannot be reached: a folder on the way may not be searched, or links lead in a circle",
            _ => "does not exist",
        });

    private static void AddFolder(string folder, List<string> files, List<string> manifests, List<ReadProblem> problems)
    {
        var walk = FolderWalk.Through(folder, static file => IsManifest(file) || Endings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase)));
        problems.AddRange(walk.Problems);
        var before = files.Count;
        foreach (var file in walk.Files)
            (IsManifest(file) ? manifests : files).Add(file);

        if (files.Count == before && walk.Problems.Count == 0)
            problems.Add(new ReadProblem(new ReadPosition(folder), "is a folder without FHIR JSON files (*.json, *.ndjson, also with .gz)"));
    }

    private static bool IsManifest(string path) => Path.GetFileName(path).Equals("manifest.json", StringComparison.OrdinalIgnoreCase);
}
