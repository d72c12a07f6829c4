using System.Text.RegularExpressions;

namespace MedGemma.Agents.Host.Tests.Architecture;

/// <summary>The hazard table names code and tests; a name that no longer leads anywhere makes it a promise without proof.</summary>
public sealed partial class HazardTableTests
{
    private static readonly string s_repository = Path.GetDirectoryName(SourceTree.Root)!;
    private static readonly string s_table = File.ReadAllText(Path.Combine(s_repository, "docs", "safety", "hazards.md"));

    [Fact]
    public void Every_test_that_the_table_names_exists()
    {
        var tests = SourceTree.Files(Path.Combine(s_repository, "tests")).SelectMany(file => TestMethod().Matches(file.Text)).Select(match => match.Groups["name"].Value).ToHashSet();
        var named = TestName().Matches(s_table).Select(match => match.Groups["name"].Value).ToList();

        Assert.True(named.Count > 50, $"Only {named.Count} tests are named.");
        Assert.Empty(named.Except(tests));
    }

    [Fact]
    public void Every_file_that_the_table_names_exists()
    {
        var named = SourcePath().Matches(s_table).Select(match => match.Groups["path"].Value).ToList();

        Assert.NotEmpty(named);
        Assert.DoesNotContain(named, path => !File.Exists(Path.Combine(s_repository, path)));
    }

    [Fact]
    public void Every_hazard_has_a_control_a_test_or_the_word_none_and_a_residual_risk() =>
        Assert.All(
            s_table.Split('\n').Where(line => line.StartsWith('|')).Skip(2),
            row =>
            {
                var cells = row.Split('|')[1..^1];
                Assert.Equal(5, cells.Length);
                Assert.DoesNotContain(cells, string.IsNullOrWhiteSpace);
                Assert.True(TestName().IsMatch(cells[3]) || cells[3].Trim() == "none", row);
            });

    [GeneratedRegex(@"\[(?:Fact|Theory)\b[\s\S]*?public (?:async |static )*(?:Task|ValueTask|void) (?<name>\w+)\(")]
    private static partial Regex TestMethod();

    [GeneratedRegex("`(?<name>[A-Z][A-Za-z0-9]*_\\w+)`")]
    private static partial Regex TestName();

    [GeneratedRegex("`(?<path>src/[^`]+)`")]
    private static partial Regex SourcePath();
}
