using System.Text.RegularExpressions;

namespace MedGemma.Agents.Host.Tests.Architecture;

/// <summary>Each step of <c>.ci/soak</c> selects tests that exist, in a project that the script builds.</summary>
public sealed partial class SoakScriptTests
{
    private static readonly string s_root = Path.GetDirectoryName(SourceTree.Root)!;
    private static readonly string[] s_script = File.ReadAllLines(Path.Combine(s_root, ".ci", "soak"));

    public static TheoryData<string> Steps => [.. s_script.Where(line => line.StartsWith("soak \"", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Steps))]
    public void Every_filter_selects_tests(string step)
    {
        var project = Step().Match(step).Groups["project"].Value;
        var folder = Path.Combine(s_root, "tests", project);
        Assert.Contains(s_script, line => line.StartsWith("for project in ", StringComparison.Ordinal) && line.Contains(project, StringComparison.Ordinal));
        var filters = Filter().Matches(step);

        Assert.NotEmpty(filters);
        Assert.All(filters, filter => Assert.True(
            filter.Groups["kind"].Value == "class"
                ? Directory.GetFiles(folder, filter.Groups["name"].Value.TrimStart('*') + ".cs", SearchOption.AllDirectories).Length == 1
                : Directory.Exists(Path.Combine(folder, filter.Groups["name"].Value[(project.Length + 1)..].Replace('.', Path.DirectorySeparatorChar))),
            filter.Value));
    }

    [GeneratedRegex("^soak \"[^\"]+\" (?<project>[A-Za-z.]+) ")]
    private static partial Regex Step();

    [GeneratedRegex("-(?<kind>class|namespace) \"(?<name>[^\"]+)\"")]
    private static partial Regex Filter();
}
