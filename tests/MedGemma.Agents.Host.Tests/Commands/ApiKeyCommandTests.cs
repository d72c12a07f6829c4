using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MedGemma.Agents.Host.Commands;

namespace MedGemma.Agents.Host.Tests.Commands;

public sealed class ApiKeyCommandTests
{
    [Fact]
    public async Task A_key_is_shown_once_beside_the_entry_that_holds_its_hash()
    {
        var (first, second) = (await MakeAsync(), await MakeAsync());

        Assert.NotEqual(first.Key, second.Key);
        Assert.True(first.Key.Length >= 43, "a key has 256 random bits");
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(first.Key))), first.Entry.GetProperty("Sha256").GetString());
        Assert.Equal("alice", first.Entry.GetProperty("User").GetString());
        Assert.Equal(["p1", "p2"], first.Entry.GetProperty("Patients").EnumerateArray().Select(patient => patient.GetString()));
    }

    private static async Task<(string Key, JsonElement Entry)> MakeAsync()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Assert.Equal(ExitCode.Done, await MedGemmaCommandLine.RunAsync(["api-key", "--user", "alice", "--patients", "p1", "p2"], output, error));
        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return (lines[0].Split(": ")[1], JsonDocument.Parse(lines[1][(lines[1].IndexOf(": ", StringComparison.Ordinal) + 2)..]).RootElement);
    }
}
