using System.CommandLine;
using MedGemma.Agents.Host.Commands;
using MedGemma.Agents.Inference.Models.Gguf;
using MedGemma.Agents.TinyModels;

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

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        var code = await ModelsPlanCommand.Create().Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = output, EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken);
        return (code, output.ToString());
    }
}
