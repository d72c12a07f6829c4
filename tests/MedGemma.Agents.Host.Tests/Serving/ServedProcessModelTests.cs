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
        var first = await server.ModelProcessAsync(Stop);
        server.Signal("HUP");
        await Until(() => server.Children() is [var child] && child != first);

        var second = await server.ModelProcessAsync(Stop);
        await server.KillAsync();
        await Until(() => !Directory.Exists($"/proc/{second}"));
    }

    private static async Task Until(Func<bool> condition)
    {
        for (var tries = 0; !condition(); tries++)
        {
            Assert.True(tries < 600, "it does not happen");
            await Task.Delay(100, Stop);
        }
    }
}
