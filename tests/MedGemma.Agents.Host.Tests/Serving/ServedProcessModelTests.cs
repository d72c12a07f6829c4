using System.Globalization;
using MedGemma.Agents.Host.Tests.Inference;

namespace MedGemma.Agents.Host.Tests.Serving;

/// <summary><c>medgemma serve</c> with a model on this machine: the processes it starts, and what becomes of them.</summary>
public sealed class ServedProcessModelTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("medgemma-data-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Serve_starts_a_model_reloads_it_on_a_signal_and_takes_it_along_even_when_it_is_killed()
    {
        using var server = await ServeProcess.StartAsync(_folder.FullName, new Dictionary<string, string>
        {
            ["MEDGEMMA_MedGemma__Models__planner__Path"] = TinyModel.Answering,
            ["MEDGEMMA_MedGemma__Models__planner__Replicas__0"] = "cpu",
            ["MEDGEMMA_MedGemma__Models__planner__ContextLength"] = "512",
            ["MEDGEMMA_MedGemma__Models__planner__Threads"] = "1",
        });
        await UpAsync(server);
        var first = Assert.Single(Children(server.ProcessId));
        server.Signal("HUP");
        await Until(() => Children(server.ProcessId) is [var child] && child != first);
        await UpAsync(server);

        var second = Assert.Single(Children(server.ProcessId));
        await server.KillAsync();
        await Until(() => !Directory.Exists($"/proc/{second}"));
    }

    private static async Task UpAsync(ServeProcess server)
    {
        for (var tries = 0; await (await server.Client.GetAsync("/health/models", Stop)).Content.ReadAsStringAsync(Stop) != """{"planner":"up"}"""; tries++)
        {
            Assert.True(tries < 600, "the model does not come up");
            await Task.Delay(100, Stop);
        }
    }

    private static async Task Until(Func<bool> condition)
    {
        for (var tries = 0; !condition(); tries++)
        {
            Assert.True(tries < 600, "it does not happen");
            await Task.Delay(100, Stop);
        }
    }

    // Each thread has the children that it started.
    private static int[] Children(int process) =>
    [
        .. Directory.EnumerateDirectories($"/proc/{process}/task").SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(child => int.Parse(child, CultureInfo.InvariantCulture)),
    ];
}
