using MedGemma.Agents.Host.Commands;

namespace MedGemma.Agents.Host.Tests.Commands;

public sealed class StoreCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("medgemma-store-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Data => Path.Combine(_folder, "data");

    [Fact]
    public async Task Import_says_what_it_did_and_ends_with_0()
    {
        var input = Write("a.ndjson", """{"resourceType":"Patient","id":"a"}""");

        var (code, output, error) = await Run("import", input, "--data-folder", Data);

        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("1 resources read: 1 added, 0 updated, 0 unchanged; 0 refused; ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_line_is_named_the_rest_is_imported_and_the_exit_code_is_1()
    {
        var input = Write("a.ndjson", """{"resourceType":"Patient","id":"a"}""" + "\n{\"resourceType\n" + """{"resourceType":"Patient","id":"b"}""");

        var (code, output, error) = await Run("import", input, "--data-folder", Data);

        Assert.Equal(1, code);
        Assert.Contains("2 added", output, StringComparison.Ordinal);
        Assert.Equal(
            [$"medgemma: {input}, line 2: is not valid JSON (line 1, byte 15 of it)", "medgemma: 1 line, entry or file was refused; the rest was imported"],
            error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("import")]
    [InlineData("import", "x", "--complete", "Observations")]
    [InlineData("erase")]
    [InlineData("backup")]
    [InlineData("restore", "--replace")]
    public async Task Wrong_usage_ends_with_2_and_one_line(params string[] arguments)
    {
        var (code, _, error) = await Run([.. arguments, "--data-folder", Data]);

        Assert.Equal(2, code);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_patient_erased_after_a_backup_comes_back_with_it()
    {
        var input = Write("a.ndjson", """{"resourceType":"Patient","id":"a"}""");
        var backup = Path.Combine(_folder, "backup.db");
        await Run("import", input, "--data-folder", Data);

        Assert.Equal(0, (await Run("backup", backup, "--data-folder", Data)).Code);
        Assert.Equal((1, "medgemma: " + backup + " exists already; name a new file.\n"), Failure(await Run("backup", backup, "--data-folder", Data)));
        Assert.Equal("erased: 1 versions of resources\n", (await Run("erase", "--patient", "a", "--data-folder", Data)).Output);
        Assert.Equal((1, "medgemma: the store knows no such patient\n"), Failure(await Run("erase", "--patient", "a", "--data-folder", Data)));
        Assert.Equal(1, (await Run("restore", backup, "--data-folder", Data)).Code);
        Assert.Equal(0, (await Run("restore", backup, "--replace", "--data-folder", Data)).Code);
        Assert.Equal(0, (await Run("erase", "--patient", "a", "--data-folder", Data)).Code);
    }

    private static (int Code, string Error) Failure((int Code, string Output, string Error) run) => (run.Code, run.Error);

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return path;
    }

    private static async Task<(int Code, string Output, string Error)> Run(params string[] arguments)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var code = await MedGemmaCommandLine.RunAsync(arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
