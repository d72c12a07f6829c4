using MedGemma.Agents.Host.Commands;
using MedGemma.Agents.Host.Tests.Serving;

namespace MedGemma.Agents.Host.Tests.Commands;

/// <summary>A wrong setting stops each command with one line that names it, in a process of its own as the settings come from its environment.</summary>
public sealed class WrongConfigurationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("medgemma-settings-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("MedGemma__Store__BatchSize", "x", "MedGemma:Store:BatchSize")]
    [InlineData("MedGemma__Serving__MaxRequestBytes", "abc", "MedGemma:Serving:MaxRequestBytes")]
    [InlineData("MedGemma__Serving__MaxRequestBytes", "5", "MedGemma:Serving:MaxRequestBytes must be between")]
    [InlineData("MedGemma__Serving__ApiKeys__0__Sha256", "zz", "MedGemma:Serving:ApiKeys:0: Sha256 must be")]
    [InlineData("MedGemma__Sessions__Database", "Oracle", "MedGemma:Sessions:Database")]
    [InlineData("MedGemma__Sessions__Database", "Postgres", "MedGemma:Sessions:ConnectionString must be set")]
    [InlineData("MedGemma__Sessions__ConnectionString", "secret", "MedGemma:Sessions:ConnectionString is not a connection string of Sqlite")]
    [InlineData("MedGemma__Telemetry__OtlpEndpoint", "no url", "MedGemma:Telemetry:OtlpEndpoint")]
    [InlineData("MedGemma__Zone", "Mars/Base", "MedGemma:Zone: 'Mars/Base'")]
    [InlineData("MedGemma__Serving__Ulr", "x", "the environment: MEDGEMMA_MedGemma__Serving__Ulr is no setting: did you mean MEDGEMMA_MedGemma__Serving__Url?")]
    public async Task Serve_names_the_setting_and_ends_with_1(string setting, string value, string expected)
    {
        var (code, error) = await ServeProcess.RunToEndAsync(_folder, settings: new Dictionary<string, string> { ["MEDGEMMA_" + setting] = value });

        Assert.Equal(ExitCode.RefusedOrFailed, code);
        Assert.Contains(expected, Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.DoesNotContain("defect", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_home_the_data_folder_must_be_named()
    {
        var (code, error) = await ServeProcess.RunToEndAsync(null, settings: new Dictionary<string, string> { ["HOME"] = Path.Combine(_folder, "none"), ["XDG_DATA_HOME"] = "" });

        Assert.Equal((ExitCode.RefusedOrFailed, "medgemma: MedGemma:Store:DataFolder is empty: name the folder that holds the store."), (code, error.TrimEnd()));
    }
}
