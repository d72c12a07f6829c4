using System.Text;
using System.Text.RegularExpressions;
using MedGemma.Agents.Inference.Models;
using MedGemma.Agents.Inference.Models.Gguf;
using MedGemma.Agents.TinyModels;

namespace MedGemma.Agents.Inference.Tests.Models;

/// <summary>The engine reads keys that no Gemma 3 file has, and asserts things about them. Their names are taken out of the library itself.</summary>
public sealed partial class EngineKeyTests : IDisposable
{
    private static readonly bool Soak = Environment.GetEnvironmentVariable("MEDGEMMA_SOAK") == "1";

    private readonly ModelFolder _folder = new();

    [Fact]
    public async Task A_key_that_the_engine_knows_is_refused_or_does_not_hurt_it()
    {
        var library = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "natives", "linux-x64"), "libllama.v*.so").Single();
        var text = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(library, TestContext.Current.CancellationToken));
        var keys = ArchitectureKey().Matches(text).Select(match => "gemma3." + match.Groups[1].Value)
            .Concat(TokenizerKey().Matches(text).Select(match => match.Value)).Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(keys.Count > 100, $"Only {keys.Count} keys were found in the library.");

        await using var probe = new EngineProbe();
        var random = new Random(11);
        List<string> killers = [];
        foreach (var (key, value) in keys.SelectMany(key => Values().Select(value => (key, value))).Where(_ => Soak || random.Next(12) == 0))
        {
            var file = TinyGemma.Create(new() { Shape = GemmaShape.Tiny with { Layers = 2, Embedding = 32, FeedForward = 32, Heads = 2, KeyValueHeads = 1, Vocabulary = 600 } });
            var path = _folder.Write(file.Set(key, value.Type, value.Bytes));
            if (ModelFileReader.ReadText(path) is ModelFileResult<TextModelFile>.Accepted && await probe.TryAsync(path, null, TestContext.Current.CancellationToken) is null)
                killers.Add($"{key} as {value.Type} {Convert.ToHexString(value.Bytes)}");
        }

        Assert.Empty(killers);
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<(GgufValueType Type, byte[] Bytes)> Values()
    {
        foreach (var number in new[] { 0u, 1u, 2u, 3u, 33u, 1u << 20, uint.MaxValue })
            yield return (GgufValueType.UInt32, BitConverter.GetBytes(number));
        foreach (var number in new[] { 0f, -1f, 1f, float.NaN, float.PositiveInfinity })
            yield return (GgufValueType.Float32, BitConverter.GetBytes(number));
        yield return (GgufValueType.Bool, [1]);
        yield return (GgufValueType.Bool, [0]);
        foreach (var word in new[] { "", "none", "yarn", "linear", "longrope", "default" })
            yield return (GgufValueType.String, [.. BitConverter.GetBytes((long)word.Length), .. Encoding.ASCII.GetBytes(word)]);
        foreach (var count in new[] { 0, 1, 2, 4 })
            yield return (GgufValueType.Array, [.. BitConverter.GetBytes((int)GgufValueType.UInt32), .. BitConverter.GetBytes((long)count), .. new byte[4 * count]]);
        yield return (GgufValueType.Array, [.. BitConverter.GetBytes((int)GgufValueType.Bool), .. BitConverter.GetBytes(2L), 1, 1]);
    }

    [GeneratedRegex(@"%s\.([a-z0-9_.]+)\0")]
    private static partial Regex ArchitectureKey();

    [GeneratedRegex(@"tokenizer\.[a-z0-9_.]+(?=\0)")]
    private static partial Regex TokenizerKey();
}
