using System.Diagnostics;
using System.Security.Cryptography;
using MedGemma.Agents.Host.Composition;
using MedGemma.Agents.Inference.Chat;
using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.OpenAi.Client;
using MedGemma.Agents.Inference.Supervision;
using MedGemma.Agents.Inference.Telemetry;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Host.Tests.Inference;

/// <summary>Real processes with the real engine on tiny model files.</summary>
public sealed class InferenceProcessTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_model_answers_from_a_process_of_its_own_and_measures_without_text()
    {
        var folder = Directory.CreateTempSubdirectory("medgemma-process-");
        try
        {
            var socket = Path.Combine(folder.FullName, "planner.sock");
            using var process = Start("--model", TinyModel.Answering, "--name", "planner", "--device", "cpu", "--threads", "1", "--context-length", "512", "--listen", "unix:" + socket, "--parent-pipe");
            var errors = process.StandardError.ReadToEndAsync(Stop);
            Assert.Equal(InferenceLaunch.ReadyLine, await process.StandardOutput.ReadLineAsync(Stop).AsTask().WaitAsync(s_patience, TimeProvider.System, Stop));
            using (var http = OpenAiConnection.OverUnixSocket(socket))
            {
                using var client = new OpenAiChatClient(http, "planner", new OpenAiChatClientOptions { SpeaksExtensions = true });
                var answer = await client.GetResponseAsync([new(ChatRole.User, "What was Ms Quincy's latest HbA1c?")], cancellationToken: Stop);
                Assert.Equal((TinyModel.Reply, ChatFinishReason.Stop), (answer.Text, answer.FinishReason));
                var served = Assert.Single(await client.ListModelsAsync(Stop));
                Assert.Equal(new GeneratorInfo("planner", 512), served with { Adapters = new GeneratorInfo("planner", 512).Adapters, Files = new GeneratorInfo("planner", 512).Files });

                // Small files are hashed before the first answer.
                var sha256 = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(TinyModel.Answering, Stop)));
                Assert.Equal(sha256, Assert.Single(served.Files).Sha256);
                Assert.EndsWith($", sha256 {sha256}", answer.SystemFingerprint(), StringComparison.Ordinal);

                var metrics = await http.GetStringAsync("metrics", Stop);
                foreach (var name in new[] { InferenceTelemetry.TimeToFirstToken, InferenceTelemetry.RequestDuration, InferenceTelemetry.TimePerOutputToken, InferenceTelemetry.EngineQueueDuration, InferenceTelemetry.BatchSequences, InferenceTelemetry.UsedCells, InferenceTelemetry.PrefixTokens, InferenceTelemetry.EngineTokens })
                    Assert.Contains(name.Replace('.', '_'), metrics, StringComparison.Ordinal);

                Assert.Contains("le=\"0.02\"", metrics, StringComparison.Ordinal);
                Assert.DoesNotContain("Quincy", metrics, StringComparison.Ordinal);
                Assert.DoesNotContain("HbA1c", metrics, StringComparison.Ordinal);
            }

            // Its parent lets go of it, by closing the pipe or by dying.
            process.StandardInput.Close();
            await process.WaitForExitAsync(Stop).WaitAsync(s_patience, TimeProvider.System, Stop);
            Assert.Equal(0, process.ExitCode);
            Assert.False(File.Exists(socket));
            Assert.DoesNotContain("Quincy", await errors, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_library_for_the_processor_that_is_asked_for_is_the_one_that_computes()
    {
        var folder = Directory.CreateTempSubdirectory("medgemma-process-");
        try
        {
            using var process = Start("--model", TinyModel.Answering, "--device", "cpu", "--threads", "1", "--cpu-library", "sse42", "--context-length", "512", "--listen", "unix:" + Path.Combine(folder.FullName, "planner.sock"), "--parent-pipe");
            Assert.Equal(InferenceLaunch.ReadyLine, await process.StandardOutput.ReadLineAsync(Stop).AsTask().WaitAsync(s_patience, TimeProvider.System, Stop));
            var computing = (await File.ReadAllLinesAsync($"/proc/{process.Id}/maps", Stop)).Select(line => Path.GetFileName(line)).Where(name => name.StartsWith("libggml-cpu-", StringComparison.Ordinal));
            Assert.Equal("libggml-cpu-sse42.so", Assert.Single(computing.Distinct()));
            process.StandardInput.Close();
            await process.WaitForExitAsync(Stop).WaitAsync(s_patience, TimeProvider.System, Stop);
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_library_that_is_not_there_is_refused_with_those_that_are()
    {
        using var process = Start("--model", TinyModel.Answering, "--cpu-library", "m68k", "--listen", "unix:planner.sock");
        var error = await process.StandardError.ReadToEndAsync(Stop).WaitAsync(s_patience, TimeProvider.System, Stop);
        await process.WaitForExitAsync(Stop);
        Assert.Equal(1, process.ExitCode);
        Assert.StartsWith("medgemma: inference: There is no library 'm68k' for this processor in ", Assert.Single(error.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Contains("x64", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unix:/nowhere/planner.sock", "medgemma: inference: the folder of /nowhere/planner.sock does not exist")]
    [InlineData("unix:/tmp/0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012.sock", "too long for a socket, which may have 107 bytes")]
    public async Task Where_no_socket_can_be_is_refused_with_one_line(string address, string expected)
    {
        using var process = Start("--model", TinyModel.Answering, "--device", "cpu", "--listen", address);
        var error = await process.StandardError.ReadToEndAsync(Stop).WaitAsync(s_patience, TimeProvider.System, Stop);
        await process.WaitForExitAsync(Stop);
        Assert.Equal(1, process.ExitCode);
        Assert.Contains(expected, Assert.Single(error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_model_is_refused_with_one_line()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "no model", Stop);
            using var process = Start("--model", file, "--listen", "unix:" + file + ".sock");
            var error = await process.StandardError.ReadToEndAsync(Stop).WaitAsync(s_patience, TimeProvider.System, Stop);
            await process.WaitForExitAsync(Stop);
            Assert.Equal(1, process.ExitCode);
            Assert.StartsWith("medgemma: inference: ", Assert.Single(error.Trim().Split('\n')), StringComparison.Ordinal);
            Assert.Contains(file, error, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task An_answer_keeps_to_its_schema()
    {
        await using var models = new LocalModels(TinyModel.Babbling);
        var schema = System.Text.Json.JsonElement.Parse("""{"type":"object","properties":{"kind":{"enum":["lab","drug"]},"count":{"type":"integer","minimum":0,"maximum":99}},"required":["kind","count"],"additionalProperties":false}""");
        var answer = await models.Client.GetResponseAsync([new(ChatRole.User, "Classify.")], new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema), MaxOutputTokens = 200 }, Stop);
        using var json = System.Text.Json.JsonDocument.Parse(answer.Text);
        Assert.Contains(json.RootElement.GetProperty("kind").GetString(), new[] { "lab", "drug" });
        Assert.InRange(json.RootElement.GetProperty("count").GetInt32(), 0, 99);
    }

    [Fact]
    public async Task A_grammar_that_could_hurt_the_engine_never_reaches_it()
    {
        await using var models = new LocalModels(TinyModel.Babbling);
        var options = new ChatOptions().WithInference(new InferenceChatOptions { Grammar = new("root ::= root \"a\"") });
        var refused = await Assert.ThrowsAsync<RequestRefusedException>(() => models.Client.GetResponseAsync([new(ChatRole.User, "Hello.")], options, Stop));
        Assert.Contains("left recursion", refused.Message, StringComparison.Ordinal);
        Assert.Equal(20, (await models.Client.GetResponseAsync([new(ChatRole.User, "Hello.")], new ChatOptions { MaxOutputTokens = 20 }, Stop)).Usage?.OutputTokenCount);
    }

    [Fact]
    public async Task People_are_answered_while_batch_jobs_run()
    {
        await using var models = new LocalModels(TinyModel.Babbling, slots: 2);
        var batch = new InferenceChatOptions { Priority = GenerationPriority.Batch };
        var jobs = Enumerable.Range(0, 4).Select(i => models.OutcomeAsync($"Summarise chart {i}.", 900, batch, Stop)).ToList();
        Assert.NotEmpty(await models.OutcomeAsync("Warm up.", 1, cancellationToken: Stop));
        for (var i = 0; i < 5; i++)
            Assert.NotEmpty(await models.OutcomeAsync($"Question {i}?", 5, cancellationToken: Stop));

        Assert.Contains(jobs, job => !job.IsCompleted);
        Assert.All(await Task.WhenAll(jobs), job => Assert.DoesNotContain("Exception", job, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reload_drops_no_request()
    {
        await using var models = new LocalModels(TinyModel.Answering);
        Assert.Equal(TinyModel.Reply, await models.OutcomeAsync("First?", 100, cancellationToken: Stop));
        var before = models.Processes.Single();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var asking = Enumerable.Range(0, 6).Select(async i =>
        {
            var answers = new List<string>();
            while (!enough.IsCancellationRequested)
                answers.Add(await models.OutcomeAsync($"Question {i}?", 100, cancellationToken: Stop));

            return answers;
        }).ToList();
        await models.Pools.ReloadAsync("planner", Stop);
        await models.Pools.ReloadAsync("planner", Stop);
        await enough.CancelAsync();
        var all = (await Task.WhenAll(asking)).SelectMany(answers => answers).ToList();
        Assert.NotEmpty(all);
        Assert.All(all, answer => Assert.Equal(TinyModel.Reply, answer));
        Assert.NotEqual(before, models.Processes.Single());
    }

    [Fact]
    public async Task A_reload_of_a_file_that_is_only_half_there_leaves_the_running_model_alone()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.Copy(TinyModel.Answering, file, overwrite: true);
            await using var models = new LocalModels(file);
            Assert.Equal(TinyModel.Reply, await models.OutcomeAsync("First?", 100, cancellationToken: Stop));
            var before = models.Processes.Single();

            // As by a copy under another name that is moved here while it is not whole: what runs keeps its own file.
            var half = file + ".half";
            await File.WriteAllBytesAsync(half, (await File.ReadAllBytesAsync(TinyModel.Answering, Stop))[..20_000], Stop);
            File.Move(half, file, overwrite: true);
            var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => models.Pools.ReloadAsync("planner", Stop));
            Assert.StartsWith(file + ": ", refused.Message, StringComparison.Ordinal);
            Assert.Equal(TinyModel.Reply, await models.OutcomeAsync("And now?", 100, cancellationToken: Stop));
            Assert.Equal(before, models.Processes.Single());
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_process_gets_the_environment_without_the_passwords_of_others()
    {
        await using var models = new LocalModels(TinyModel.Answering, program: LocalModels.Program with { WithheldVariables = ["PATH"] });
        Assert.Equal(TinyModel.Reply, await models.OutcomeAsync("First?", 100, cancellationToken: Stop));
        var names = (await File.ReadAllTextAsync($"/proc/{models.Processes.Single()}/environ", Stop)).Split('\0').Select(variable => variable.Split('=')[0]).ToList();
        Assert.Contains("HOME", names);
        Assert.DoesNotContain("PATH", names);
        Assert.Equal(
            [true, true, false, false, false],
            new[] { "PGPASSWORD", "MEDGEMMA_MedGemma__Sessions__ConnectionString", "MEDGEMMA_MedGemma__Telemetry__OtlpEndpoint", "HOME", "CUDA_VISIBLE_DEVICES" }.Select(InferenceProgram.IsWithheld));
    }

    [Fact]
    public async Task A_model_that_cannot_be_loaded_is_given_up_and_its_requests_fail_at_once()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "no model", Stop);
            await using var models = new LocalModels(file, settings: new() { ["Supervision:MostCrashes"] = "2" });
            Assert.Equal(nameof(ModelLostException), await models.OutcomeAsync("Anybody?", 10, cancellationToken: Stop).WaitAsync(s_patience, TimeProvider.System, Stop));
            Assert.Contains(models.Log.GetSnapshot(), line => line.Level == Microsoft.Extensions.Logging.LogLevel.Critical && line.Message.Contains("given up", StringComparison.Ordinal));
            Assert.True(Assert.Single(models.Pools.Status()["planner"]).IsGivenUp);

            File.Copy(TinyModel.Answering, file, overwrite: true);
            await models.Pools.ReloadAsync("planner", Stop);
            Assert.Equal(TinyModel.Reply, await models.OutcomeAsync("And now?", 100, cancellationToken: Stop));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(LocalModels.Program.FileName) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in LocalModels.Program.Arguments.Concat(arguments))
            start.ArgumentList.Add(argument);

        return Process.Start(start)!;
    }
}
