using System.Buffers.Binary;
using MedGemma.Agents.Inference.Models;
using MedGemma.Agents.Inference.Models.Gguf;
using MedGemma.Agents.TinyModels;

namespace MedGemma.Agents.Inference.Tests.Models;

/// <summary>
/// Files are damaged at random: the reader never throws, and what it lets pass does not end the engine's process. The seed is fixed in ordinary runs; a long run
/// (MEDGEMMA_SOAK=1) takes new ones and many more.
/// </summary>
public sealed class ModelDamageTests : IDisposable
{
    private static readonly bool Soak = Environment.GetEnvironmentVariable("MEDGEMMA_SOAK") == "1";

    // The vocabulary takes most of a header, so what stands before and after it is hit as often.
    private const int KeysBeforeVocabulary = 850;
    private const int TensorInfos = 3000;

    private readonly ModelFolder _folder = new();

    public static TheoryData<string> Kinds() => ["text", "adapter", "shards", "vision"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Damage_is_refused_or_does_not_hurt_the_engine(string kind)
    {
        var seed = Soak ? Environment.TickCount : 20260101;
        var random = new Random(seed);
        var model = _folder.Write(Small());
        var path = kind switch
        {
            "shards" => ModelShards.Write(Small(), _folder["split"], 2)[0],
            "adapter" => _folder.Write(TinyAdapter.Create(SmallShape), "adapter.gguf"),
            "vision" => _folder.Write(TinyVision.Create(VisionShape.Tiny with { Embedding = 16, FeedForward = 16, Blocks = 1, Projection = 16 }), "vision.gguf"),
            _ => model,
        };
        var whole = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        var header = HeaderLength(path);
        await using var probe = new EngineProbe();
        var survivors = 0;
        for (var round = 0; round < (Soak ? 20_000 : 400); round++)
        {
            var damaged = Damaged(whole, header, random);
            await File.WriteAllBytesAsync(path, damaged, TestContext.Current.CancellationToken);
            if (!Passes(kind, path))
                continue;
            survivors++;
            var result = kind == "vision"
                ? await probe.SeeAsync(path, TestContext.Current.CancellationToken)
                : await probe.TryAsync(kind == "adapter" ? model : path, kind == "adapter" ? path : null, TestContext.Current.CancellationToken);
            if (result is null && Soak)
                File.Copy(path, Path.Combine(Path.GetTempPath(), $"killer-{kind}-{seed}-{round}.gguf"), overwrite: true);
            Assert.True(result is not null, $"Seed {seed}, round {round}: a damaged {kind} file passed and ended the engine's process.");
        }

        Assert.True(survivors > 0, "No damaged file passed, so that nothing was tried.");

        bool Passes(string what, string file) => what switch
        {
            "adapter" => ModelFileReader.ReadAdapter(file) is ModelFileResult<AdapterFile>.Accepted accepted && accepted.File.Against(Text(model)) is null,
            "vision" => ModelFileReader.ReadVision(file) is ModelFileResult<VisionFile>.Accepted,
            _ => ModelFileReader.ReadText(file) is ModelFileResult<TextModelFile>.Accepted,
        };
    }

    [Fact]
    public async Task Every_cut_is_refused()
    {
        var path = _folder.Write(Small());
        var whole = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        // The last bytes may be padding, without which the file is still whole.
        var random = new Random(7);
        for (var round = 0; round < 100; round++)
        {
            await File.WriteAllBytesAsync(path, whole[..random.Next(whole.Length - 64)], TestContext.Current.CancellationToken);

            Assert.IsType<ModelFileResult<TextModelFile>.Refused>(ModelFileReader.ReadText(path));
        }
    }

    [Fact]
    public void A_hostile_count_allocates_nothing()
    {
        var file = new GgufFile().Set("general.architecture", "gemma3").Set("x", GgufValueType.Array, [4, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x1F, 0, 0, 0, 0]);
        var path = _folder.Write(file);
        using (var stream = File.OpenWrite(path))
            stream.SetLength(50L << 30);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var refusal = Assert.IsType<GgufResult.Refused>(GgufReader.Read(path)).Refusal;

        Assert.Equal(ModelRefusalKind.Damaged, refusal.Kind);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    public void Dispose() => _folder.Dispose();

    private static GemmaShape SmallShape { get; } = GemmaShape.Tiny with { Layers = 2, Embedding = 32, FeedForward = 32, Heads = 2, KeyValueHeads = 1, Vocabulary = 600 };

    private static GgufFile Small() => TinyGemma.Create(new() { Shape = SmallShape });

    private static TextModelFile Text(string path) => Assert.IsType<ModelFileResult<TextModelFile>.Accepted>(ModelFileReader.ReadText(path)).File;

    private static int HeaderLength(string path) => (int)Assert.IsType<GgufResult.Read>(GgufReader.Read(path)).Contents.Tensors[0].Position;

    // A byte, a run of bytes, an integer of two, four or eight bytes made extreme, or a block moved, mostly within the header.
    private static byte[] Damaged(byte[] whole, int header, Random random)
    {
        var bytes = whole.ToArray();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var place = random.Next(10) switch { 0 => random.Next(whole.Length - 16), < 5 => random.Next(header - 16), < 7 => random.Next(Math.Min(KeysBeforeVocabulary, header - 16)), _ => header - 16 - random.Next(Math.Min(TensorInfos, header - 16)) };
            switch (random.Next(6))
            {
                case 0:
                    bytes[place] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[place] = (byte)random.Next(256);
                    break;
                case 2:
                    random.NextBytes(bytes.AsSpan(place, random.Next(1, 16)));
                    break;
                case 3:
                    BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(place), Extreme(random));
                    break;
                case 4:
                    BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(place), (ulong)Extreme(random) << random.Next(33));
                    break;
                default:
                    bytes.AsSpan(random.Next(header - 16), random.Next(1, 16)).CopyTo(bytes.AsSpan(place));
                    break;
            }
        }

        return bytes;
    }

    private static uint Extreme(Random random) => random.Next(6) switch { 0 => 0, 1 => 1, 2 => uint.MaxValue, 3 => int.MaxValue, 4 => 1u << random.Next(32), _ => (uint)random.Next(1000) };
}
