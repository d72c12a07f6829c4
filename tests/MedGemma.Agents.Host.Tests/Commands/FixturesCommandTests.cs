using MedGemma.Agents.Host.Commands;

namespace MedGemma.Agents.Host.Tests.Commands;

public sealed class FixturesCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fixtures").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _output.Dispose();
        _error.Dispose();
    }

    [Theory]
    [InlineData("ndjson", "patient-0002.ndjson")]
    [InlineData("bundle", "patient-0002.json")]
    public async Task One_file_a_patient_and_a_manifest_are_written(string format, string file)
    {
        var code = await Run("fixtures", "generate", "--patients", "2", "--seed", "9", "--resources", "60", "--format", format, "--out", _folder);

        Assert.Equal(ExitCode.Done, code);
        Assert.True(File.Exists(Path.Combine(_folder, file)));
        Assert.Equal(3, Directory.GetFileSystemEntries(_folder).Length);
        Assert.Contains("\"complete\":\"all\"", await File.ReadAllTextAsync(Path.Combine(_folder, "manifest.json"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_answers_are_written_where_they_are_asked_for()
    {
        var expected = Path.Combine(_folder, "expected");
        await Run("fixtures", "generate", "--patients", "1", "--resources", "200", "--out", Path.Combine(_folder, "patients"), "--expected", expected);

        Assert.NotEmpty(await File.ReadAllLinesAsync(Path.Combine(expected, "questions.jsonl"), TestContext.Current.CancellationToken));
        Assert.NotEmpty(await File.ReadAllLinesAsync(Path.Combine(expected, "traps.jsonl"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_files_of_the_suites_are_written()
    {
        Assert.Equal(ExitCode.Done, await Run("fixtures", "record-qa", "--patients", "4", "--split", "training", "--out", _folder));
        Assert.Contains("\"category\":", (await File.ReadAllLinesAsync(Path.Combine(_folder, "questions.jsonl"), TestContext.Current.CancellationToken))[0], StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, await Run("fixtures", "agent-tasks", "--patients", "1", "--out", Path.Combine(_folder, "tasks")));
        Assert.Contains("\"gold\":{\"kind\":", (await File.ReadAllLinesAsync(Path.Combine(_folder, "tasks", "tasks.jsonl"), TestContext.Current.CancellationToken))[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--resources", "49")]
    [InlineData("--resources", "100001")]
    [InlineData("--patients", "0")]
    [InlineData("--as-of", "2026-02-30")]
    [InlineData("--format", "xml")]
    public async Task Wrong_sizes_and_names_are_wrong_usage(string option, string value)
    {
        Assert.Equal(ExitCode.WrongUsage, await Run("fixtures", "generate", option, value, "--out", _folder));
        Assert.Single(_error.ToString().TrimEnd().Split('\n'));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_refused_in_one_line()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.RefusedOrFailed, await Run("fixtures", "generate", "--out", file));
        Assert.Single(_error.ToString().TrimEnd().Split('\n'));
    }

    private Task<int> Run(params string[] arguments) => MedGemmaCommandLine.RunAsync(arguments, _output, _error);
}
