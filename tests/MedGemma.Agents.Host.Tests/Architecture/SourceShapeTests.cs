using System.Globalization;

namespace MedGemma.Agents.Host.Tests.Architecture;

public sealed class SourceShapeTests
{
    [Fact]
    public void Every_source_file_keeps_the_rules()
    {
        var files = SourceTree.Files(SourceTree.Root).ToList();

        Assert.True(files.Count > 100, "The sources were not found.");
        Assert.Empty(files.SelectMany(file => SourceRules.Broken(file.Path, file.Text)));
    }

    [Fact]
    public void Every_decision_has_a_number_of_its_own_and_says_it()
    {
        var files = Directory.GetFiles(Path.Combine(SourceTree.Root, "..", "docs", "decisions"), "*.md");

        Assert.Empty(files.GroupBy(file => Path.GetFileName(file)[..4]).Where(group => group.Count() > 1).Select(group => group.Key));
        Assert.All(files, file => Assert.StartsWith($"# {int.Parse(Path.GetFileName(file)[..4], CultureInfo.InvariantCulture)}.", File.ReadLines(file).First(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Reading/Dose.cs", "public sealed record Dose(decimal Value);")]
    [InlineData("Reading/Dose.cs", "public readonly record struct Dose(decimal Value);")]
    [InlineData("Reading/Dose.cs", "public sealed class Dose;\n\ninternal sealed class DoseReader;")]
    [InlineData("Reading/Dose.cs", "#pragma warning disable CA2100 // The text is a constant.\npublic static class Dose;")]
    [InlineData("Reading/Dose.cs", "/// <summary>Never DateTime.Now.</summary>\npublic static class Dose;")]
    public void A_file_that_keeps_them_is_left_alone(string path, string text) => Assert.Empty(SourceRules.Broken(path, text));

    [Theory]
    [InlineData("Reading/Dose.cs", "public sealed record Dose;\npublic sealed record Route;", "2 public types")]
    [InlineData("Reading/Dose.cs", "public enum Route { Oral }", "the public type is Route")]
    [InlineData("Reading/Dose.cs", "public class Dose;", "Dose is neither sealed, static nor abstract")]
    [InlineData("Reading/Dose.cs", "public partial record Dose;", "Dose is neither sealed, static nor abstract")]
    [InlineData("Reading/Dose.cs", "public sealed class Dose\n{\n    public class Part;\n}", "Part is neither sealed, static nor abstract")]
    [InlineData("Utils/Dose.cs", "public sealed class Dose;", "'Utils' says nothing of what is in it")]
    [InlineData("Common/Dose.cs", "public sealed class Dose;", "'Common' says nothing of what is in it")]
    [InlineData("Reading/DoseHelper.cs", "public static class DoseHelper;", "'DoseHelper' says nothing of what is in it")]
    [InlineData("Reading/DoseManager.cs", "internal sealed class DoseManager;", "'DoseManager' says nothing of what is in it")]
    [InlineData("Reading/Dose.cs", "#pragma warning disable CA2100\npublic static class Dose;", "a warning is disabled without a reason")]
    [InlineData("Reading/Dose.cs", "#pragma warning disable CA2100 //\npublic static class Dose;", "a warning is disabled without a reason")]
    [InlineData("Reading/Dose.cs", "[SuppressMessage(\"Security\", \"CA2100\")]\npublic static class Dose;", "a warning is suppressed without a justification")]
    [InlineData("Reading/Dose.cs", "var now = DateTime.Now;", "DateTime.Now is banned")]
    [InlineData("Reading/Dose.cs", "var now = DateTimeOffset.UtcNow;", "DateTimeOffset.UtcNow is banned")]
    [InlineData("Reading/Dose.cs", "Thread.Sleep(5);", "Thread.Sleep is banned")]
    [InlineData("Reading/Dose.cs", "task.Wait();", ".Wait() is banned")]
    [InlineData("Reading/Dose.cs", "task.GetAwaiter().GetResult();", ".GetAwaiter().GetResult() is banned")]
    [InlineData("Reading/Dose.cs", "private async void Take() { }", "async void is banned")]
    public void What_breaks_a_rule_is_named(string path, string text, string what) =>
        Assert.Equal([$"{path}: {what}"], SourceRules.Broken(path, text));

    [Fact]
    public void A_file_of_more_than_400_lines_is_named()
    {
        var longest = string.Concat(Enumerable.Repeat("\n", SourceRules.LongestFile - 1)) + "x\n";

        Assert.Empty(SourceRules.Broken("Reading/Dose.cs", longest));
        Assert.Equal(["Reading/Dose.cs: 401 lines"], SourceRules.Broken("Reading/Dose.cs", "\n" + longest));
    }

    [Fact]
    public void A_file_planted_in_a_folder_is_found_and_a_built_one_is_not()
    {
        var folder = Directory.CreateTempSubdirectory("shape").FullName;
        try
        {
            foreach (var part in new[] { "Misc", "obj" })
            {
                Directory.CreateDirectory(Path.Combine(folder, part));
                File.WriteAllText(Path.Combine(folder, part, "Dose.cs"), "public class Dose;");
            }

            var broken = SourceTree.Files(folder).SelectMany(file => SourceRules.Broken(file.Path, file.Text));

            Assert.Equal(["Misc/Dose.cs: 'Misc' says nothing of what is in it", "Misc/Dose.cs: Dose is neither sealed, static nor abstract"], broken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
