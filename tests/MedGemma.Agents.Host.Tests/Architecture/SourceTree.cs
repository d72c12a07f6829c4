namespace MedGemma.Agents.Host.Tests.Architecture;

/// <summary>The source files of the repository that these tests were built from.</summary>
internal static class SourceTree
{
    /// <summary>The folder <c>src</c>.</summary>
    public static string Root { get; } = Path.Combine(Repository(AppContext.BaseDirectory), "src");

    /// <summary>The projects' folder names.</summary>
    public static IEnumerable<string> Projects() =>
        Directory.EnumerateFiles(Root, "*.csproj", SearchOption.AllDirectories).Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal);

    /// <summary>Every hand-written C# file under <paramref name="root"/>, as a path relative to it with forward slashes, and its text.</summary>
    public static IEnumerable<(string Path, string Text)> Files(string root) =>
        from path in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
        let relative = Path.GetRelativePath(root, path).Replace('\\', '/')
        where !relative.Split('/').Any(part => part is "bin" or "obj")
        select (relative, File.ReadAllText(path));

    private static string Repository(string folder) =>
        File.Exists(Path.Combine(folder, "MedGemma.Agents.sln"))
            ? folder
            : Repository(Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar)) ?? throw new InvalidOperationException("The repository root was not found."));
}
