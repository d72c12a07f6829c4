using System.CommandLine;
using MedGemma.Agents.Host.Commands;
using MedGemma.Agents.Inference.Deployment;
using MedGemma.Agents.Inference.Models.Gguf;
using MedGemma.Agents.TinyModels;
using Microsoft.Extensions.Configuration;

namespace MedGemma.Agents.Host.Tests.Commands;

public sealed class ModelsPlanCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("medgemma-plan-").FullName;

    [Fact]
    public async Task A_model_is_planned_for_slots_and_lengths_from_its_header()
    {
        var path = TinyGemma.Write(Path.Combine(_folder, "27b.gguf"), new() { Shape = GemmaShape.B27, Type = GgmlType.Q4_K, EmbeddingType = GgmlType.Q6_K, Holes = true, Name = "MedGemma 27B" });

        var (code, output) = await RunAsync("--model", path, "--context-length", "32768", "--slots", "1", "4");

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("MedGemma 27B: 14.5 GiB of weights, most of them Q4_K; 62 layers, 10 of them global, the others see 1,024 tokens\n", output, StringComparison.Ordinal);
        Assert.Contains("A checkpoint takes 416 MiB.\n", output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^ 32,768      1  full            15\.5         30\.6   ", output);
        Assert.Matches(@"(?m)^ 32,768      1  windows          3\.5         18\.6   ", output);
        Assert.Matches(@"(?m)^ 32,768      4  full            62\.0         77\.1   ", output);
    }

    [Fact]
    public void All_that_is_configured_is_planned_together_each_with_what_those_before_it_leave()
    {
        var large = TinyGemma.Write(Path.Combine(_folder, "27b.gguf"), new() { Shape = GemmaShape.B27, Type = GgmlType.Q4_K, EmbeddingType = GgmlType.Q6_K, Holes = true });
        var small = TinyGemma.Write(Path.Combine(_folder, "4b.gguf"), new() { Shape = GemmaShape.B4, Type = GgmlType.Q8_0, Holes = true });
        var models = Configured(
            ("planner:Path", large), ("planner:Replicas:0", "cuda:0"), ("planner:Slots", "2"), ("planner:Window", "Sliding"), ("planner:CheckpointBytes", "1073741824"), ("imaging:Path", small),
            ("imaging:Replicas:0", "cuda:0"), ("imaging:Replicas:1", "cpu"), ("imaging:Replicas:2", "cuda:1"), ("writer:Replicas:0", "https://gpu2:8443"));
        using var output = new StringWriter();

        var code = ConfiguredModelsPlan.Write(output, models, new([("CUDA0", 32L << 30)], new(16L << 30, 16L << 30, false)));

        var lines = output.ToString().Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToList();
        Assert.Equal(ExitCode.RefusedOrFailed, code);
        Assert.Matches(@"^planner cuda:0 32,768 2 Sliding 2\d\.\d 1\.4$", lines[2]);
        Assert.Matches(@"^imaging cuda:0 32,768 \d Sliding \d\.\d", lines[3]);
        Assert.Matches(@"^imaging cpu 32,768 \d Sliding \d\.\d", lines[4]);
        Assert.Equal("imaging cuda:1: this machine has no such device", lines[5]);
        Assert.Equal("writer https://gpu2:8443: takes no memory here", lines[6]);
        Assert.Matches(@"^CUDA0: \d\.\d GiB are left$", lines[8]);
    }

    [Fact]
    public void What_those_before_it_have_taken_a_model_does_not_get()
    {
        var large = TinyGemma.Write(Path.Combine(_folder, "27b.gguf"), new() { Shape = GemmaShape.B27, Type = GgmlType.Q4_K, EmbeddingType = GgmlType.Q6_K, Holes = true });
        var models = Configured(("planner:Path", large), ("planner:Replicas:0", "cuda:0"), ("writer:Path", large), ("writer:Replicas:0", "cuda:0"), ("writer:ContextLength", "8192"));
        using var output = new StringWriter();

        var code = ConfiguredModelsPlan.Write(output, models, new([("CUDA0", 32L << 30)], new(64L << 30, 64L << 30, false)));

        Assert.Equal(ExitCode.RefusedOrFailed, code);
        Assert.Matches(@"(?m)^writer +cuda:0: .*27b.gguf: it needs .* are free on the GPU", output.ToString());
    }

    [Fact]
    public async Task A_damaged_file_is_refused_in_one_line()
    {
        var path = Path.Combine(_folder, "damaged.gguf");
        await File.WriteAllTextAsync(path, "GGUF", TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<CommandRefusedException>(() => RunAsync("--model", path));

        Assert.Equal($"models plan: {path}: it ends within its header, after 4 bytes; copy it again", refused.Message);
    }

    [Fact]
    public async Task A_length_beyond_what_the_model_was_trained_on_is_refused()
    {
        var refused = await Assert.ThrowsAsync<CommandRefusedException>(() => RunAsync("--model", TinyGemma.Write(Path.Combine(_folder, "tiny.gguf")), "--context-length", "9000"));

        Assert.Equal("models plan: --context-length must be between 256 and 8192", refused.Message);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static ConfiguredModels Configured(params (string Key, string Value)[] settings) => ConfiguredModels.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"{ConfiguredModels.Section}:{setting.Key}", (string?)setting.Value))).Build());

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        var code = await ModelsPlanCommand.Create().Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = output, EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken);
        return (code, output.ToString());
    }
}
