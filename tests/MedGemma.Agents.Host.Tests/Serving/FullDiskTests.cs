using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using MedGemma.Agents.Host.Tests.Importing;

namespace MedGemma.Agents.Host.Tests.Serving;

/// <summary>A disk that takes no more, as a limit on the size of files makes it for one process.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const int FewKilobytes = 640;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("medgemma-full-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_turn_that_cannot_be_stored_is_not_acknowledged_and_no_other_is_lost()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Limits of Linux.");
        using var server = await ServeProcess.StartAsync(_folder.FullName, survivesFileLimit: true);
        var session = await OpenSessionAsync(server.Client);
        var acknowledged = new Dictionary<int, JsonElement>();
        Limit(server.ProcessId, FewKilobytes * 1024);

        JsonElement refused;
        while (true)
        {
            var (name, data) = await AskAsync(server.Client, session);
            if (name != "answered")
            {
                refused = data;
                break;
            }

            acknowledged.Add(data.GetProperty("turn").GetInt32(), data.GetProperty("answer"));
            Assert.True(acknowledged.Count < 1000, "The limit was never met: the test proves nothing.");
        }

        Assert.Equal("urn:medgemma:problem:internal", refused.GetProperty("type").GetString());
        Limit(server.ProcessId, null);
        Assert.Equal("answered", (await AskAsync(server.Client, session)).Name);
        await server.KillAsync();

        using var again = await ServeProcess.StartAsync(_folder.FullName);
        var turns = (await again.Client.GetFromJsonAsync<JsonElement>($"/sessions/{session}", Stop)).GetProperty("turns").EnumerateArray()
            .ToDictionary(turn => turn.GetProperty("number").GetInt32());
        Assert.NotEmpty(acknowledged);
        Assert.All(acknowledged, turn => Assert.True(JsonElement.DeepEquals(turn.Value, turns[turn.Key].GetProperty("answer"))));
    }

    [Fact]
    public async Task An_import_that_fills_the_disk_ends_in_one_line_and_the_same_command_completes_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Limits of Linux.");
        var input = Path.Combine(AppContext.BaseDirectory, "fhir-fixtures", "patients");
        var data = Path.Combine(_folder.FullName, "data");

        var (code, error) = await ImportProcess.RunLimitedAsync(data, input, FewKilobytes, Stop);

        Assert.Equal(1, code);
        Assert.StartsWith("medgemma: the database failed: ", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Equal(0, await ImportProcess.RunAsync(data, input, Stop));
    }

    private static async Task<string> OpenSessionAsync(HttpClient client)
    {
        var found = await (await client.PostAsJsonAsync("/patients/search", new { }, Stop)).Content.ReadFromJsonAsync<JsonElement>(Stop);
        var patient = found.GetProperty("patients")[0].GetProperty("id").GetString();
        var created = await (await client.PostAsJsonAsync("/sessions", new { patient }, Stop)).Content.ReadFromJsonAsync<JsonElement>(Stop);
        return created.GetProperty("id").GetString()!;
    }

    /// <summary>The last event of a turn, or the problem that came in its place.</summary>
    private static async Task<(string Name, JsonElement Data)> AskAsync(HttpClient client, string session)
    {
        using var response = await client.PostAsJsonAsync($"/sessions/{session}/questions", new { question = "How old is the patient?" }, Stop);
        if (!response.IsSuccessStatusCode)
            return ("problem", await response.Content.ReadFromJsonAsync<JsonElement>(Stop));

        var last = ("", default(JsonElement));
        await foreach (var happened in RunningServer.ReadEventsAsync(response))
            last = (happened.Name, JsonElement.Parse(happened.Data));
        return last;
    }

    private static void Limit(int process, int? bytes)
    {
        var limit = bytes?.ToString(CultureInfo.InvariantCulture) ?? "unlimited";
        using var prlimit = Process.Start("prlimit", [$"--pid={process.ToString(CultureInfo.InvariantCulture)}", $"--fsize={limit}:unlimited"]);
        prlimit.WaitForExit();
        Assert.Equal(0, prlimit.ExitCode);
    }
}
