using System.Text.Json;
using MedGemma.Agents.Host.Commands;
using MedGemma.Agents.Host.Serving.Security;

namespace MedGemma.Agents.Host.Tests.Commands;

public sealed class KeyCommandTests
{
    [Fact]
    public async Task The_key_is_shown_once_and_the_entry_holds_its_hash_only()
    {
        var (code, output, error) = await RunAsync("key", "create", "--user", "dr.who", "--role", "clinician", "--patients", "p1", "p2", "--expires", "2027-01-01T00:00:00Z");

        Assert.Equal((0, ""), (code, error));
        var key = output.Split('\n')[0]["The key, shown only now: ".Length..];
        Assert.True(ApiKey.IsWellFormed(key));
        Assert.Equal(output.IndexOf(key, StringComparison.Ordinal), output.LastIndexOf(key, StringComparison.Ordinal));
        var entry = JsonElement.Parse(output[output.IndexOf('{', StringComparison.Ordinal)..]);
        Assert.Equal(Convert.ToHexStringLower(ApiKey.Hash(key)), entry.GetProperty("Sha256").GetString());
        Assert.Equal(["p1", "p2"], entry.GetProperty("Patients").EnumerateArray().Select(patient => patient.GetString()));
        Assert.Equal(("dr.who", "Clinician"), (entry.GetProperty("User").GetString(), entry.GetProperty("Role").GetString()));
        Assert.Equal("2027-01-01T00:00:00+00:00", entry.GetProperty("Expires").GetString());
    }

    [Theory]
    [InlineData("key")]
    [InlineData("key", "create")]
    [InlineData("key", "create", "--user", "u")]
    [InlineData("key", "create", "--user", " ", "--patients", "*")]
    [InlineData("key", "create", "--user", "u", "--patients", "*", "--role", "wizard")]
    [InlineData("key", "create", "--user", "u", "--patients", "*", "--role", "patient")]
    [InlineData("key", "create", "--user", "u", "--patients", "*", "p1")]
    [InlineData("key", "create", "--user", "u", "--patients", "*", "--expires", "tomorrow")]
    [InlineData("key", "create", "--user", "u", "--patients", "*", "--expires", "2027-01-01T00:00:00")]
    public async Task Wrong_usage_ends_with_2_and_one_line(params string[] arguments)
    {
        var (code, output, error) = await RunAsync(arguments);

        Assert.Equal((2, ""), (code, output));
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Two_keys_are_never_alike() => Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => ApiKey.Create()).Distinct().Count());

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        return (await MedGemmaCommandLine.RunAsync(arguments, output, error), output.ToString(), error.ToString());
    }
}
