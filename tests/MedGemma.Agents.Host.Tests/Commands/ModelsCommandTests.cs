using System.Diagnostics;
using MedGemma.Agents.Host.Commands;
using MedGemma.Agents.Host.Tests.Inference;

namespace MedGemma.Agents.Host.Tests.Commands;

/// <summary><c>medgemma models</c> in a process of its own, as its settings come from the environment.</summary>
public sealed class ModelsCommandTests
{
    private static readonly Dictionary<string, string> s_planner = new()
    {
        ["MEDGEMMA_MedGemma__Models__planner__Path"] = TinyModel.Answering,
        ["MEDGEMMA_MedGemma__Models__planner__Replicas__0"] = "cpu",
        ["MEDGEMMA_MedGemma__Models__planner__ContextLength"] = "1024",
        ["MEDGEMMA_MedGemma__Models__planner__Threads"] = "1",
        ["MEDGEMMA_MedGemma__Models__imaging__Replicas__0"] = "https://gpu2:8443",
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_shows_what_is_configured()
    {
        var (code, output, _) = await RunAsync(s_planner, "", "list");
        Assert.Equal(ExitCode.Done, code);
        Assert.Equal(
            $"imaging: https://gpu2:8443; 4 at once, 32768 tokens each\nplanner: cpu; 4 at once, 1024 tokens each\n  {TinyModel.Answering}, {new FileInfo(TinyModel.Answering).Length / 1_000_000 + 1} MB\n", output);
        Assert.Contains("the built-in planner answers alone", (await RunAsync([], "", "list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_says_what_is_there_what_is_not_and_what_mends_it()
    {
        var (code, output, _) = await RunAsync(s_planner, "", "doctor");
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("ok    engine      llama.cpp ", output, StringComparison.Ordinal);
        Assert.Contains("library libggml-cpu", output, StringComparison.Ordinal);
        Assert.Contains("x64", Assert.Single(output.Split('\n'), line => line.StartsWith("ok    libraries ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains($"ok    planner     {TinyModel.Answering}: ", output, StringComparison.Ordinal);
        Assert.Contains("ok    imaging     on servers: https://gpu2:8443", output, StringComparison.Ordinal);
        if (!output.Contains("ok    CUDA ", StringComparison.Ordinal))
            Assert.EndsWith(": models run on the processor", Assert.Single(output.Split('\n'), line => line.StartsWith("LACKS CUDA        ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_names_a_damaged_file_and_a_missing_device_and_fails()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "no model", Stop);
            var settings = new Dictionary<string, string>(s_planner) { ["MEDGEMMA_MedGemma__Models__planner__Path"] = file, ["MEDGEMMA_MedGemma__Models__planner__Replicas__0"] = "cuda:7" };
            var (code, output, _) = await RunAsync(settings, "", "doctor");
            Assert.Equal(ExitCode.RefusedOrFailed, code);
            Assert.Contains($"LACKS planner     {file}: ", output, StringComparison.Ordinal);
            Assert.Contains("LACKS planner     there is no device cuda:7", output, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Chat_answers_once_or_line_by_line_from_a_key_or_a_file()
    {
        var once = await RunAsync(s_planner, "", "chat", "--model", "planner", "What was the latest HbA1c?");
        Assert.Equal((ExitCode.Done, TinyModel.Reply + "\n", ""), once);
        var twice = await RunAsync([], "First?\nSecond?\n", "chat", "--model", TinyModel.Answering, "--device", "cpu", "--threads", "1", "--context-length", "512");
        Assert.Equal((ExitCode.Done, $"{TinyModel.Reply}\n{TinyModel.Reply}\n"), (twice.Code, twice.Output));
    }

    [Fact]
    public async Task Bench_measures_prefill_and_decode()
    {
        var (code, output, _) = await RunAsync([], "", "bench", "--model", TinyModel.Babbling, "--device", "cpu", "--threads", "1", "--context-length", "1024", "--slots", "2", "--prompt", "32", "--output", "16");
        Assert.Equal(ExitCode.Done, code);
        Assert.Matches("  1 at once: prefill [0-9,]+, decode [0-9,.]+\n  2 at once: prefill [0-9,]+, decode [0-9,.]+\n", output);
    }

    [Fact]
    public async Task A_model_that_is_neither_key_nor_file_is_named()
    {
        var (code, _, error) = await RunAsync(s_planner, "", "chat", "--model", "nobody", "Hello?");
        Assert.Equal((ExitCode.RefusedOrFailed, "medgemma: 'nobody' is neither a model of MedGemma:Models nor a file\n"), (code, error));
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(Dictionary<string, string> settings, string input, params string[] arguments)
    {
        var start = new ProcessStartInfo(LocalModels.Program.FileName) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { Path.Combine(AppContext.BaseDirectory, "medgemma.dll"), "models" }.Concat(arguments))
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in settings)
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(Stop);
        var output = await process.StandardOutput.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        return (process.ExitCode, output, await error);
    }
}
