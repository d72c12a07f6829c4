namespace MedGemma.Agents.Records.Tests.Testing;

/// <summary>The data sets beside the repository, which no test may need.</summary>
internal static class SharedData
{
    /// <summary>A folder of the shared data; the test is skipped where it is absent.</summary>
    public static string Require(string name)
    {
        var path = Find(name);
        Assert.SkipWhen(path is null, $"The shared data set {name} is not here.");
        return path!;
    }

    private static string? Find(string name)
    {
        if (Environment.GetEnvironmentVariable("MEDGEMMA_SHARED") is { Length: > 0 } root)
            return Directory.Exists(Path.Combine(root, name)) ? Path.Combine(root, name) : null;

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", name);
            if (Directory.Exists(candidate))
                return candidate;
        }

        return null;
    }
}
